import { act, ask, byId, element, number, onClick, say, svg } from '../core.js';
import { onChange } from '../live.js';

function times(views) {
  return views === 1 ? 'once' : `${number(views)} times`;
}

/** Views a document: shows it, and says how often it was viewed so far. */
export async function view(id) {
  const { document, views } = await ask('POST', 'views', { id });
  byId('viewed').replaceChildren(
    element('strong', {}, document.name), ' ',
    element('span', { class: 'kind' }, document.kind),
    element('p', {}, document.details));
  byId('viewed').hidden = false;
  return `${document.name} was viewed ${times(views)} so far.`;
}

function bar(views, most) {
  return svg('svg', { class: 'bar', 'aria-hidden': 'true' },
    svg('rect', { width: `${100 * views / most}%`, height: '100%' }));
}

function row({ id, name, views }, most) {
  const button = element('button', {
    type: 'button', class: 'quiet small', 'aria-label': `View ${name}`, 'data-id': id, title: id,
    click: () => act('views', button, () => view(id)),
  }, 'View');
  return element('li', {},
    element('span', { class: 'name' }, name),
    bar(views, most),
    element('span', { class: 'count' }, number(views)),
    button);
}

async function show() {
  const { total, mostViewed } = await ask('GET', 'views');
  const focused = byId('most-viewed').contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
  const most = mostViewed[0]?.views;
  byId('most-viewed').replaceChildren(...mostViewed.map(viewed => row(viewed, most)));
  if (focused !== undefined) {
    [...byId('most-viewed').querySelectorAll('button')].find(button => button.dataset.id === focused)?.focus();
  }
  byId('all-views').textContent = total === 0 ? 'Nobody has viewed anything yet.' : `${total === 1 ? 'One view' : `${number(total)} views`} in all.`;
}

async function rush() {
  say('views', 'Twenty people view fifty documents each …');
  const { views, before, after } = await ask('POST', 'views/rush', {});
  const counted = after - before;
  const outcome = counted === views ? 'none lost'
    : counted > views ? `and ${number(counted - views)} of others meanwhile`
      : 'but somebody has forgotten views meanwhile';
  return `${number(views)} views counted, ${outcome}: ${number(before)} before, ${number(after)} after.`;
}

onClick('views', 'many-views', rush);
onClick('views', 'forget-views', async () => {
  await ask('DELETE', 'views');
  byId('viewed').hidden = true;
  return 'All views are forgotten.';
});
onChange('views', () => show().catch(failure => say('views', failure.message, true)));
