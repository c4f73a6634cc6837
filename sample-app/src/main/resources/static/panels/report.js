import { ask, byId, element, number, onClick, onSubmit, say, svg } from '../core.js';
import { onChange } from '../live.js';

const SHOWN = 40;
const SEATS = 10;

const WIDTH = 360;
const HEIGHT = 150;
const LEFT = 44;
const TOP = 8;
const BOTTOM = HEIGHT - 4;
const SLOT = (WIDTH - LEFT) / SHOWN;
const DOT = 2.4;

/** The lines of the chart, each for ten times as long as the one below. */
const LINES = [[1, '1 ms'], [10, '10 ms'], [100, '100 ms'], [1000, '1 s'], [10000, '10 s']];
const SHORTEST = 0.1;
const LONGEST = 10000;

/** What this page has asked for, the latest last. */
let calls = [];
let asked = 0;

function time(millis) {
  return `${millis < 10 ? millis.toFixed(1) : number(Math.round(millis))} ms`;
}

function heightAt(millis) {
  const within = Math.min(Math.max(millis, SHORTEST), LONGEST);
  return BOTTOM - (BOTTOM - TOP) * Math.log10(within / SHORTEST) / Math.log10(LONGEST / SHORTEST);
}

function line([millis, text]) {
  const y = heightAt(millis);
  return svg('g', {},
    svg('line', { class: 'grid', x1: LEFT, x2: WIDTH, y1: y, y2: y }),
    svg('text', { x: LEFT - 5, y: y + 4, 'text-anchor': 'end' }, text));
}

/** A miss is a solid bar; a hit is a thin one with a dot on top. */
function bar(call, index) {
  const middle = LEFT + SLOT * (index + 0.5);
  const y = heightAt(call.millis);
  const title = svg('title', {}, `${about(call)}, ${time(call.millis)}, ${fate(call)}`);
  return call.remembered
    ? svg('g', { class: 'hit' }, title,
      svg('line', { x1: middle, x2: middle, y1: BOTTOM, y2: y }),
      svg('circle', { cx: middle, cy: y, r: DOT }))
    : svg('g', { class: 'miss' }, title,
      svg('rect', { x: middle - SLOT * 0.36, y, width: SLOT * 0.72, height: BOTTOM - y }));
}

function about({ people, row }) {
  return people > 1 ? `Row ${row}, the longest of ${people} waits` : `Row ${row}`;
}

function fate({ remembered }) {
  return remembered ? 'remembered' : 'had to be counted';
}

function longest(some) {
  return time(Math.max(...some.map(call => call.millis)));
}

/** The chart in a sentence, for those who do not see it. */
function summary() {
  const hits = calls.filter(call => call.remembered);
  const misses = calls.filter(call => !call.remembered);
  return [
    `A chart of the last ${calls.length === 1 ? 'call' : `${calls.length} calls`}.`,
    hits.length > 0 && `Remembered: ${hits.length}, the slowest in ${longest(hits)}.`,
    misses.length > 0 && `Had to be counted: ${misses.length}, the slowest in ${longest(misses)}.`,
  ].filter(Boolean).join(' ');
}

function draw() {
  byId('report-chart').replaceChildren(svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': calls.length === 0 ? 'A chart without calls yet.' : summary(),
  }, ...LINES.map(line), ...calls.map(bar)));
  byId('report-details').hidden = calls.length === 0;
  byId('report-calls').replaceChildren(...calls.map(call => element('tr', {},
    element('th', { scope: 'row' }, String(call.number)),
    element('td', {}, about(call)),
    element('td', { class: 'amount' }, time(call.millis)),
    element('td', {}, fate(call)))).reverse());
}

function take({ sales, remembered, millis }, people) {
  asked++;
  calls = [...calls, { number: asked, row: sales.row, people, remembered, millis }].slice(-SHOWN);
  draw();
  showSales(sales);
}

function showSales({ row, tickets, bestBuyers, counted }) {
  const best = bestBuyers.map(buyer => `${buyer.name} (${number(buyer.tickets)})`).join(', ');
  const sold = tickets === 0 ? 'no seat is sold' : `${tickets} of ${SEATS} seats ${tickets === 1 ? 'is' : 'are'} sold`;
  byId('report-sales').textContent = `Row ${row}: ${sold}.`
    + (best ? ` Most seats: ${best}.` : ' Sell some in the hall above.')
    + ` Counted at ${new Date(counted).toLocaleTimeString('en-GB')}.`;
}

function row() {
  return byId('report-row').value;
}

async function showTotals() {
  const { hits, misses, size } = await ask('GET', 'report/cache');
  byId('report-totals').textContent = `All who asked this application: ${number(hits)} ${hits === 1 ? 'hit' : 'hits'} and `
    + `${number(misses)} ${misses === 1 ? 'miss' : 'misses'}. Reports that are remembered now: ${number(size)}.`;
}

draw();
onSubmit('report', 'report-form', async () => {
  say('report', `You ask for row ${row()} …`);
  const answer = await ask('GET', `report?row=${encodeURIComponent(row())}`);
  take(answer, 1);
  await showTotals();
  return answer.remembered
    ? `Row ${answer.sales.row} was remembered: you had it in ${time(answer.millis)}.`
    : `Row ${answer.sales.row} had to be counted: you waited ${time(answer.millis)}. Ask again.`;
});
onClick('report', 'report-rush', async () => {
  say('report', `A hundred people ask for row ${row()} …`);
  const { people, computations, longest: last } = await ask('POST', 'report/rush', { row: row() });
  take(last, people);
  await showTotals();
  const how = computations === 0 ? 'It was remembered' : computations === 1 ? 'It was counted once' : `It was counted ${computations} times`;
  return `All ${people} people have the report. ${how}, and nobody waited longer than ${time(last.millis)}.`;
});
onClick('report', 'report-forget', async () => {
  await ask('DELETE', 'report');
  return 'Forgotten, for all rows: whoever asks next has to wait.';
});
onChange('report', () => showTotals().catch(failure => say('report', failure.message, true)));
