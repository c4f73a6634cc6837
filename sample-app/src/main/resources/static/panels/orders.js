import { ask, byId, number, onSubmit } from '../core.js';

const SHOWN = 12;

onSubmit('orders', 'draw', async ({ people }) => {
  const drawn = await ask('POST', 'orders', { people: people === '' ? null : Number(people) });
  const sorted = [...drawn].sort((one, other) => one - other);
  byId('drawn').textContent = sorted.length <= SHOWN
    ? sorted.join(', ')
    : `${sorted.slice(0, SHOWN / 2).join(', ')} … ${sorted.slice(-SHOWN / 2).join(', ')}`;
  const different = new Set(drawn).size;
  return drawn.length === 1
    ? `Your number is ${number(drawn[0])}.`
    : `${number(drawn.length)} people have drawn at the same time, and got ${number(different)} different numbers.`;
});
