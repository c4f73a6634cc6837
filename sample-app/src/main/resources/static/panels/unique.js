import { ask, byId, number, onClick, onSubmit, say } from '../core.js';
import { onChange } from '../live.js';

const PEOPLE = 10000;

function percent(part) {
  return `${(100 * part).toFixed(2)} %`;
}

async function show() {
  const { estimate, exact, bytes } = await ask('GET', 'unique');
  byId('unique-estimate').textContent = number(estimate);
  byId('unique-exact').textContent = number(exact);
  byId('unique-error').textContent = exact === 0 ? 'nothing' : percent(Math.abs(estimate - exact) / exact);
  byId('unique-bytes').textContent = bytes === 0 ? 'nothing' : `${number(bytes)} bytes`;
}

onClick('unique', 'unique-crowd', async () => {
  say('unique', 'They walk in …');
  await ask('POST', 'unique/crowd', { people: PEOPLE });
  return `${number(PEOPLE)} people have walked in, 2,000 of them twice.`;
});
onClick('unique', 'unique-forget', async () => {
  await ask('DELETE', 'unique');
  return 'Nobody has been here.';
});
onSubmit('unique', 'unique-seen', async ({ name }) => {
  const seen = await ask('GET', `unique/seen?name=${encodeURIComponent(name)}`);
  return seen.perhaps
    ? `Perhaps: it looks as if ${seen.name} was counted. The more were counted, the more strangers look like that; a Bloom filter, as below, knows better.`
    : `No: ${seen.name} was not counted, that is certain.`;
});
onChange('unique', () => show().catch(failure => say('unique', failure.message, true)));
