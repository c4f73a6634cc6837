import { act, ask, byId, element, sayAt, svg } from '../core.js';
import { onChange } from '../live.js';

/** Two circles of radius 70 whose centres are 80 apart, in three parts. */
const PARTS = {
  onlyA: { path: 'M150 22.6 A70 70 0 1 0 150 137.4 A70 70 0 0 1 150 22.6Z', x: 80, of: ['union', 'difference', 'symmetric-difference'] },
  both: { path: 'M150 22.6 A70 70 0 0 1 150 137.4 A70 70 0 0 1 150 22.6Z', x: 150, of: ['union', 'intersection'] },
  onlyB: { path: 'M150 22.6 A70 70 0 1 1 150 137.4 A70 70 0 0 0 150 22.6Z', x: 220, of: ['union', 'symmetric-difference'] },
};

function venn(counts, operation, a, b) {
  return svg('svg', {
    viewBox: '0 0 300 160', role: 'img',
    'aria-label': `Countries with only ${a}: ${counts.onlyA}. With both: ${counts.both}. With only ${b}: ${counts.onlyB}.`,
  },
  ...Object.values(PARTS).map(part => svg('path', { d: part.path, class: part.of.includes(operation) ? 'chosen' : 'left-out' })),
  ...Object.entries(PARTS).map(([name, part]) =>
    svg('text', { x: part.x, y: 87, class: part.of.includes(operation) ? 'chosen' : 'left-out' }, String(counts[name]))),
  svg('text', { x: 20, y: 20, class: 'circle' }, 'A'),
  svg('text', { x: 280, y: 20, class: 'circle' }, 'B'));
}

function sayOnce(id, sentence, wrong) {
  if (byId(id).textContent !== sentence) {
    sayAt(byId(id), sentence, wrong);
  }
}

function label(select) {
  return byId(select).selectedOptions[0].textContent;
}

const HAVING = {
  intersection: (a, b) => `both ${a} and ${b}`,
  union: (a, b) => `${a} or ${b}, or both`,
  difference: (a, b) => `${a}, but not ${b}`,
  'symmetric-difference': (a, b) => `either ${a} or ${b}, but not both`,
};

let asked = 0;

async function combine() {
  const request = ++asked;
  const chosen = Object.fromEntries(new FormData(byId('combine')));
  const [a, b] = [label('tag-a'), label('tag-b')];
  const combined = await ask('GET', `tags/combined?${new URLSearchParams(chosen)}`);
  if (request !== asked) {
    return; // something else was chosen meanwhile
  }
  const found = combined.countries.length;
  byId('venn').replaceChildren(venn(combined, chosen.operation, a, b));
  byId('countries-found').textContent = combined.countries.join('\u00a0· ');
  sayOnce('combined-status', `${found === 0 ? 'No country has' : found === 1 ? 'One country has' : `${found} countries have`} ${HAVING[chosen.operation](a, b)}.`);
}

async function makeChoice() {
  const { tags, countries } = await ask('GET', 'tags');
  const kinds = [...new Set(tags.map(tag => tag.kind))];
  for (const select of ['tag-a', 'tag-b']) {
    byId(select).replaceChildren(...kinds.map(kind => element('optgroup', { label: kind },
      ...tags.filter(tag => tag.kind === kind).map(tag => element('option', { value: tag.name }, tag.label)))));
  }
  byId('tag-a').value = 'French';
  byId('tag-b').value = 'XOF';
  byId('countries').replaceChildren(...countries.map(country => element('option', { value: country })));
}

let choice;

async function show() {
  choice ??= makeChoice();
  try {
    await choice;
  } catch (failure) {
    choice = undefined;
    throw failure;
  }
  await combine();
}

function refresh() {
  show().catch(failure => sayOnce('combined-status', failure.message, true));
}

function tagged({ name, tags }) {
  return tags.length === 0 ? `${name} has none of these tags.` : `${name} has: ${tags.join(', ')}.`;
}

const status = byId('country-status');

byId('combine').addEventListener('submit', event => event.preventDefault());
byId('combine').addEventListener('change', refresh);
byId('country-tags').addEventListener('submit', event => {
  event.preventDefault();
  act('tags', byId('country-tags').querySelector('[type=submit]'),
    async () => tagged(await ask('GET', `tags/of?${new URLSearchParams({ country: byId('tagged-country').value })}`)), status);
});
byId('favour').addEventListener('click', () => act('tags', byId('favour'),
  async () => tagged(await ask('POST', 'tags/favourites', { country: byId('tagged-country').value })), status));
byId('disfavour').addEventListener('click', () => act('tags', byId('disfavour'),
  async () => tagged(await ask('DELETE', `tags/favourites?${new URLSearchParams({ country: byId('tagged-country').value })}`)), status));
onChange('tags', refresh);
