import { ask, byId, element, onClick, onSubmit, say } from '../core.js';
import { onChange } from '../live.js';

const CHILDREN = 25;

async function show() {
  const { last } = await ask('GET', 'visitors');
  byId('last-visitors').replaceChildren(...last.map(name => element('li', {}, name)));
  byId('no-visitors').hidden = last.length > 0;
}

onSubmit('visitors', 'sign-in', async ({ name }) => {
  const { last } = await ask('POST', 'visitors', { name });
  return `Welcome, ${last.includes(name.trim()) ? name.trim() : last[0]}.`;
});
onClick('visitors', 'school-class', async () => {
  await ask('POST', 'visitors/class', { children: CHILDREN });
  return `${CHILDREN} children have signed in, with one call. The last ten of them are in the book.`;
});
onClick('visitors', 'empty-book', async () => {
  await ask('DELETE', 'visitors');
  return 'The book is empty.';
});
onChange('visitors', () => show().catch(failure => say('visitors', failure.message, true)));
