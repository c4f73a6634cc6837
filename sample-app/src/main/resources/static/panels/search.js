import { act, ask, byId, element, number, onClick, onSubmit, say } from '../core.js';
import { onChange } from '../live.js';
import { view } from './views.js';

const SECOND = 1000;

let forgetting;

function result({ document, fromRedis }) {
  const button = element('button', {
    type: 'button', class: 'quiet small', 'aria-label': `View ${document.name}, ${document.kind}`,
    click: () => act('search', button, () => view(document.id)),
  }, 'View');
  return element('li', {},
    element('div', { class: 'about' },
      element('strong', {}, document.name), ' ',
      element('span', { class: 'kind' }, document.kind), ' ',
      element('span', { class: 'origin', 'data-redis': String(fromRedis) }, fromRedis ? 'from Redis' : 'from the catalogue'),
      element('p', {}, document.details)),
    button);
}

function sentence({ results, more, millis }) {
  if (results.length === 0) {
    return 'Nothing has that in its name or code: try something shorter.';
  }
  const remembered = results.filter(({ fromRedis }) => fromRedis).length;
  const origin = remembered === results.length ? 'all from Redis'
    : remembered === 0 ? 'all from the catalogue'
      : `${remembered} from Redis and ${results.length - remembered} from the catalogue`;
  const found = more > 0 ? `The best ${results.length} of ${number(results.length + more)}` : String(results.length);
  return `${found}, ${origin}, in ${millis.toFixed(1)} ms.`;
}

async function show() {
  const { documents, secondsLeft } = await ask('GET', 'search');
  clearTimeout(forgetting);
  byId('remembered').textContent = documents === 0
    ? 'Redis remembers no results.'
    : `Redis remembers ${documents === 1 ? 'one document' : `${number(documents)} documents`}, until 5 minutes after the last of them was stored.`;
  if (secondsLeft !== null) {
    forgetting = setTimeout(refresh, (secondsLeft + 1) * SECOND);
  }
}

function refresh() {
  show().catch(failure => say('search', failure.message, true));
}

onSubmit('search', 'find', async ({ text }) => {
  const found = await ask('POST', 'search', { text });
  byId('results').replaceChildren(...found.results.map(result));
  return sentence(found);
});
onClick('search', 'forget-results', async () => {
  await ask('DELETE', 'search');
  return 'All results are forgotten: the next search has to load them.';
});
onChange('search', refresh);
