import { act, ask, byId, element, number, onClick, say } from '../core.js';
import { onChange, onLive } from '../live.js';

const ROWS = ['A', 'B', 'C', 'D', 'E', 'F'];
const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const MASTERS_PAUSE = 1000;
const DOUBLE_CLICK = 300;
const LEASE_MILLIS = 15000;

const buttons = new Map();
let paying = new Set();
let sold = {};
let lastClick = -DOUBLE_CLICK;

function buyer() {
  return byId('buyer-name').value;
}

function buy(seat, button, { detail, timeStamp }) {
  if (detail > 0) { // by a pointer
    if (timeStamp - lastClick < DOUBLE_CLICK) {
      return; // the second of two clicks that were meant as one
    }
    lastClick = timeStamp;
  }
  act('hall', button, async () => {
    say('hall', `${buyer()} pays for seat ${seat} …`);
    const ticket = await ask('PUT', `hall/${seat}`, { buyer: buyer() });
    return `Seat ${seat} is ${ticket.buyer}'s: order ${number(ticket.number)}, sold under the lease with fencing token ${ticket.fencingToken}.`;
  });
}

function makeSeats() {
  for (const row of ROWS) {
    byId('seats').append(element('div', { class: 'row', role: 'group', 'aria-label': `Row ${row}` },
      element('span', { class: 'row-name', 'aria-hidden': 'true' }, row),
      ...NUMBERS.map(position => {
        const seat = `${row}${position}`;
        const button = element('button', { type: 'button', class: 'seat', click: event => buy(seat, button, event) }, String(position));
        buttons.set(seat, button);
        return button;
      })));
  }
}

function showSeats() {
  for (const [seat, button] of buttons) {
    const ticket = sold[seat];
    const state = ticket ? 'sold' : paying.has(seat) ? 'paying' : 'free';
    if (button.dataset.state !== state || ticket) {
      button.dataset.state = state;
      const about = ticket ? `sold to ${ticket.buyer}` : state === 'paying' ? 'somebody is paying' : 'free';
      button.setAttribute('aria-label', `Seat ${seat}, ${about}`);
      button.title = `${seat}: ${about}`;
    }
  }
}

async function show() {
  const hall = await ask('GET', 'hall');
  sold = hall.sold;
  showSeats();
  const tickets = Object.keys(sold).length;
  const sales = byId('sales');
  sales.textContent = `${tickets} of ${hall.seats} seats ${tickets === 1 ? 'is' : 'are'} sold.`
    + (hall.paidForNothing > 0 ? ` ${people(hall.paidForNothing)} paid for a seat that somebody else has!` : '');
  sales.classList.toggle('wrong', hall.paidForNothing > 0);
}

function people(count) {
  return count === 1 ? '1 person has' : `${count} people have`;
}

async function rush(locked) {
  say('hall', locked ? 'A hundred people are buying …' : 'A hundred people are buying, and nothing keeps them apart …');
  const outcome = await ask('POST', 'hall/rush', { locked });
  const parts = [
    `${outcome.tickets} have a ticket`,
    outcome.withoutTicket > 0 && `${outcome.withoutTicket} found all seats sold`,
    outcome.paidForNothing > 0 && `${outcome.paidForNothing} have paid for a seat that somebody else has`,
    outcome.failed > 0 && `${outcome.failed} gave up: ${outcome.reason}`,
  ].filter(Boolean);
  const sentence = `Of 100 people, ${parts.join(', ')}.`;
  say('hall', sentence, outcome.paidForNothing > 0 || outcome.failed > 0);
}

function seatOf(key) {
  return key.slice(key.lastIndexOf(':') + 1);
}

function showLeases(leases) {
  const seats = new Set(leases.map(lease => seatOf(lease.key)));
  paying = seats;
  showSeats();
  const shown = leases.slice(0, 8);
  byId('leases').replaceChildren(...shown.map(lease => element('li', {},
    element('span', {}, `Seat ${seatOf(lease.key)}`),
    element('progress', { max: LEASE_MILLIS, value: lease.remainingMillis, 'aria-label': `Remaining time of the lease of seat ${seatOf(lease.key)}` }),
    element('span', {}, `${(lease.remainingMillis / 1000).toFixed(1)} s left`),
    element('span', {}, `fencing token ${lease.fencingToken}`))));
  if (leases.length > shown.length) {
    byId('leases').append(element('li', {}, `and ${leases.length - shown.length} more`));
  }
  byId('no-leases').hidden = leases.length > 0;
}

function change(number, state) {
  return async () => {
    const { controls } = masterItems[number];
    const focused = controls.contains(document.activeElement);
    showMasters(await ask('PUT', `masters/${number}`, { state }));
    if (focused) {
      controls.querySelector('button:not([hidden])').focus(); // the one that was pressed is gone
    }
    return `Master ${number} is ${state}.`;
  };
}

const masterItems = [];

function masterItem(number) {
  const name = element('span', { class: 'name' });
  const about = element('span', { class: 'about' });
  const control = (label, state) => {
    const button = element('button', {
      type: 'button', class: 'quiet small', 'aria-label': `${label} master ${number}`, 'data-brings': state,
      click: () => act('hall', button, change(number, state), byId('masters-status')),
    }, label);
    return button;
  };
  const controls = element('span', { class: 'controls' }, control('Start', 'running'), control('Pause', 'paused'), control('Stop', 'stopped'));
  const item = element('li', { id: `master-${number}` }, name, about, controls);
  byId('masters').append(item);
  return { item, name, about, controls };
}

function showMasters({ masters, quorum, own }) {
  for (const { number, name, state, latency, failure } of masters) {
    masterItems[number] ??= masterItem(number);
    const shown = masterItems[number];
    const condition = failure ? (state === 'RUNNING' || !state ? 'silent' : state.toLowerCase()) : 'running';
    shown.item.dataset.state = condition;
    shown.name.textContent = own ? `Master ${number}` : name;
    shown.about.textContent = failure ? condition : `${latency.toFixed(1)} ms`;
    shown.item.title = failure ?? name;
    shown.controls.hidden = !own;
    for (const button of shown.controls.children) {
      button.hidden = state === 'RUNNING' ? button.dataset.brings === 'running'
        : button.dataset.brings === 'paused' || button.dataset.brings === state?.toLowerCase();
    }
  }
  byId('masters').dataset.quorum = quorum;
  byId('masters-hint').textContent = own
    ? 'Pause or stop one or two, and buying goes on. With three gone there is no majority, and the box office says so.'
    : 'They are yours: this page neither stops them nor shows what they run.';
}

async function watchMasters() {
  for (;;) {
    if (!document.hidden) {
      await ask('GET', 'masters').then(showMasters).catch(() => {
        masterItems.forEach(({ item, about }) => {
          item.dataset.state = 'unknown';
          about.textContent = 'unknown';
        });
      });
    }
    await new Promise(done => setTimeout(done, MASTERS_PAUSE));
  }
}

makeSeats();
byId('buyer').addEventListener('submit', event => {
  event.preventDefault();
  say('hall', 'Choose a seat.');
});
onClick('hall', 'rush', () => rush(true));
onClick('hall', 'rush-unlocked', () => rush(false));
onClick('hall', 'reopen', async () => {
  await ask('DELETE', 'hall');
  return 'The hall is empty.';
});
onChange('hall', () => show().catch(failure => say('hall', failure.message, true)));
onLive(({ leases }) => showLeases(leases));
watchMasters();
