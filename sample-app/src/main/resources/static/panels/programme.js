import { act, ask, byId, element, onClick, onSubmit, say } from '../core.js';
import { onChange } from '../live.js';

function item(name) {
  const button = element('button', {
    type: 'button', class: 'quiet small', 'aria-label': `Cancel ${name}`,
    click: () => act('programme', button, async () => {
      await ask('DELETE', `programme/acts?${new URLSearchParams({ act: name })}`);
      return `${name} is cancelled.`;
    }),
  }, 'Cancel');
  return element('li', {}, element('span', { class: 'name' }, name), ' ', button);
}

async function show() {
  const { acts } = await ask('GET', 'programme');
  byId('acts').replaceChildren(...acts.map(item));
  byId('no-acts').hidden = acts.length > 0;
}

onSubmit('programme', 'announce', async ({ name }) => {
  const { acts } = await ask('POST', 'programme', { name });
  return acts.length === 1 ? 'One act is announced.' : `${acts.length} acts are announced.`;
});
onClick('programme', 'evening', async () => {
  const { acts } = await ask('POST', 'programme/evening', {});
  return `${acts.length} acts are announced.`;
});
onClick('programme', 'sort-acts', async () => {
  await ask('POST', 'programme/sort', {});
  return 'The acts are sorted by name.';
});
onClick('programme', 'cancel-acts', async () => {
  await ask('DELETE', 'programme');
  return 'Everything is cancelled.';
});
onSubmit('programme', 'slice', async ({ slice }) => {
  const { acts } = await ask('GET', `programme?${new URLSearchParams({ slice })}`);
  return `[${slice.trim()}] has ${acts.length === 0 ? 'no act' : acts.join(', ')}.`;
});
onChange('programme', () => show().catch(failure => say('programme', failure.message, true)));
