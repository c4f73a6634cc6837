import { act, ask, byId, element, number, onClick, onSubmit, say } from '../core.js';
import { onChange } from '../live.js';

const BULK = 20;

const items = new Map();

function name(postman) {
  return `Postman ${postman}`;
}

function names(postmen) {
  return postmen.map(name).join(' and ');
}

function mails(count) {
  return count === 1 ? '1 mail' : `${number(count)} mails`;
}

function doing({ state, mail, delivery }) {
  if (state === 'WRITING') {
    return `writes to ${mail.to}, delivery ${delivery}`;
  }
  return state === 'STARTING' ? 'is starting' : 'waits for a mail';
}

function kill(postman) {
  return async () => {
    const { mail } = await ask('DELETE', `mail/postmen/${postman}`);
    byId('hire').focus({ preventScroll: true }); // the button that was pressed is about to go
    return mail
      ? `${name(postman)} was killed over the mail to ${mail.to}, which is delivered again in about five seconds.`
      : `${name(postman)} was killed, and had nothing in hand.`;
  };
}

function itemOf(postman) {
  const about = element('span', { class: 'about' });
  const button = element('button', {
    type: 'button', class: 'quiet small', 'aria-label': `Kill ${name(postman)}`,
    click: () => act('mail', button, kill(postman)),
  }, 'Kill');
  const process = element('span', { class: 'hint' });
  return { item: element('li', {}, element('span', { class: 'name' }, name(postman)), process, about, button), about, process, button };
}

function showPostmen(postmen) {
  const present = new Set(postmen.map(postman => postman.number));
  for (const [postman, { item }] of items) {
    if (!present.has(postman)) {
      item.remove();
      items.delete(postman);
    }
  }
  for (const postman of postmen) {
    if (!items.has(postman.number)) {
      const made = itemOf(postman.number);
      items.set(postman.number, made);
      byId('postmen').append(made.item);
    }
    const shown = items.get(postman.number);
    shown.item.dataset.state = postman.state.toLowerCase();
    shown.process.textContent = `process ${postman.process}`;
    shown.about.textContent = doing(postman);
  }
  byId('no-postmen').hidden = postmen.length > 0;
}

function why({ delivery, killed }) {
  if (delivery === 1) {
    return '';
  }
  const times = delivery === 2 ? 'twice' : `${delivery} times`;
  return killed.length > 0
    ? `delivered ${times}, because ${names(killed)} ${killed.length > 1 ? 'were' : 'was'} killed over it`
    : `delivered ${times}`;
}

function sentItem(sent) {
  return element('li', {},
    element('span', { class: 'to' }, `To ${sent.mail.to}: `), `${sent.mail.subject} `,
    element('span', { class: 'hint' }, `by ${name(sent.postman)}`),
    ...sent.delivery > 1 ? [' ', element('strong', { class: 'again' }, why(sent))] : []);
}

function showQueue(waiting, postmen) {
  const works = postmen.length > 0;
  byId('mail-waiting').textContent = waiting === 0
    ? 'The queue is empty.'
    : works ? `In the queue: ${mails(waiting)}.` : `In the queue: ${mails(waiting)}, and nobody works. They wait as long as it takes: hire a postman.`;
}

async function show() {
  const { waiting, postmen, sent } = await ask('GET', 'mail');
  showQueue(waiting, postmen);
  showPostmen(postmen);
  byId('mails-sent').replaceChildren(...sent.map(sentItem));
  byId('no-mails-sent').hidden = sent.length > 0;
}

onSubmit('mail', 'mail-form', async draft => {
  const mail = await ask('POST', 'mail', draft);
  return `The mail to ${mail.to} is in the queue.`;
});
onClick('mail', 'mail-bulk', async () => {
  await ask('POST', 'mail/bulk', { mails: BULK });
  return `${BULK} mails are in the queue.`;
});
onClick('mail', 'hire', async () => {
  const hired = await ask('POST', 'mail/postmen', {});
  return `${name(hired.number)} is hired, and begins in a few seconds, when its process has started.`;
});
onChange('mail', () => show().catch(failure => say('mail', failure.message, true)));
