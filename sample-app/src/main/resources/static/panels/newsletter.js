import { ask, byId, number, onClick, onSubmit, say } from '../core.js';
import { onChange } from '../live.js';

const PEOPLE = 10000;
const NOT_ASKED = 'ask how often it is wrong';

/** With as many digits as tell something. */
function percent(part) {
  return part > 0 && part < 0.0001 ? 'less than 0.01 %' : `${Number((100 * part).toFixed(2))} %`;
}

async function show() {
  const { subscribers, expected, bytes } = await ask('GET', 'newsletter');
  const about = subscribers === 0 ? 'none' : `about ${number(subscribers)}`;
  byId('newsletter-size').textContent = `${about}, and room for ${number(expected)}`
    + (subscribers > expected ? ': it is too full, and wrong more often' : '');
  byId('newsletter-bytes').textContent = bytes === 0 ? 'nothing' : `${number(Math.round(bytes / 1024))} KiB`;
}

function showMistakes(now, measured) {
  byId('newsletter-expected').textContent = now;
  byId('newsletter-measured').textContent = measured;
}

onSubmit('newsletter', 'subscribe', async entered => {
  const { address, isNew } = await ask('POST', 'newsletter/subscribers', entered);
  return isNew ? `${address} is subscribed, and a mail says so.` : `${address} seems to be subscribed already, so no mail is sent.`;
});
onClick('newsletter', 'subscribed', async () => {
  const entered = byId('subscribe-address').value;
  const { address, perhaps } = await ask('GET', `newsletter/subscribers?address=${encodeURIComponent(entered)}`);
  return perhaps ? `Yes, almost certainly: ${address} is subscribed.` : `No, certainly not: ${address} is not subscribed.`;
});
onClick('newsletter', 'newsletter-crowd', async () => {
  say('newsletter', 'They subscribe …');
  await ask('POST', 'newsletter/crowd', { people: PEOPLE });
  return `${number(PEOPLE)} made-up people have subscribed, who get no mail. Ask how often it is wrong now.`;
});
onClick('newsletter', 'newsletter-mistakes', async () => {
  say('newsletter', 'It is asked about strangers …');
  const { strangers, mistaken, now, promised } = await ask('GET', 'newsletter/mistakes');
  const measured = percent(mistaken / strangers);
  showMistakes(percent(now), `${measured}, ${number(mistaken)} of ${number(strangers)}`);
  byId('newsletter-promised').textContent = `${percent(promised)}, when it is full`;
  return `Of ${number(strangers)} people who have never subscribed, it takes ${number(mistaken)} for subscribers.`;
});
onClick('newsletter', 'newsletter-forget', async () => {
  await ask('DELETE', 'newsletter');
  showMistakes(NOT_ASKED, NOT_ASKED);
  return 'All subscribers are forgotten.';
});
onChange('newsletter', () => show().catch(failure => say('newsletter', failure.message, true)));
