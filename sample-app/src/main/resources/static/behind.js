import { byId, element } from './core.js';
import { onLive } from './live.js';

const LINES = 60;
const SAME_WITHIN = 12;

/** Words, annotations, strings and comments of Java, to be told apart by colour. */
const JAVA = /(?<comment>\/\/.*|\/\*[^]*?\*\/)|(?<string>"(?:[^"\\]|\\.)*")|(?<annotation>@\w+)|\b(?<word>class|record|interface|final|private|static|return|new|if|for|throw|throws|void|long|int|boolean|this|try|null|true|false)\b/g;

function coloured(java) {
  const parts = [];
  let from = 0;
  for (const match of java.matchAll(JAVA)) {
    const [kind] = Object.entries(match.groups).find(([, text]) => text !== undefined);
    parts.push(java.slice(from, match.index), element('span', { class: kind }, match[0]));
    from = match.index + match[0].length;
  }
  return [...parts, java.slice(from)];
}

/** The class that a panel is made of, from its annotation on. */
async function source(name) {
  const reply = await fetch(`source/${name}.java`);
  if (!reply.ok) {
    return `// ${name}.java cannot be shown: status ${reply.status}.`;
  }
  const java = await reply.text();
  return java.slice(java.indexOf('\n@') + 1).trimEnd().replace(/^(?: {4})+/gm, indent => indent.slice(indent.length / 2));
}

class Log {
  constructor(panel) {
    this.entries = [];
    this.list = element('ol');
    this.empty = element('p', {}, 'Nothing yet: use the panel.');
    this.frame = element('div', { class: 'commands', tabindex: 0, role: 'log', 'aria-live': 'off', 'aria-label': `What Redis runs for ${panel}` },
      this.empty, this.list);
  }

  /** Takes a command; one that was there a moment ago, or that another master runs, too, is counted there. */
  take({ server, ofScript, text }) {
    const same = this.entries.slice(-SAME_WITHIN).find(entry => entry.text === text && entry.ofScript === ofScript);
    if (same) {
      same.count++;
      same.servers.add(server);
      same.show();
      return;
    }
    const servers = new Set([server]);
    const times = element('span', { class: 'times' });
    const item = element('li', { class: ofScript ? 'of-script' : 'sent' }, times, ' ', text);
    const entry = { text, ofScript, servers, count: 1, item, show: () => { times.textContent = label(entry); } };
    entry.show();
    this.entries.push(entry);
    this.list.append(item);
    if (this.entries.length > LINES) {
      this.entries.shift().item.remove();
    }
    this.empty.hidden = true;
  }

  end() {
    this.frame.scrollTop = this.frame.scrollHeight;
  }
}

function label({ servers, count }) {
  const masters = [...servers].filter(server => server !== 'Redis');
  if (masters.length === 0) {
    return count > 1 ? `${count} ×` : '';
  }
  const each = Math.round(count / servers.size);
  return (masters.length === 1 ? masters[0] : `${masters.length} masters`) + (each > 1 ? ` ${each} ×` : '');
}

/** Adds to each panel the Java that it is made of and the commands that it causes. */
export function showWhatIsBehind() {
  const logs = new Map();
  for (const section of document.querySelectorAll('[data-source]')) {
    const title = section.querySelector('h2').firstChild.textContent.trim();
    const code = element('code');
    const log = new Log(title);
    logs.set(section.id, log);
    section.append(element('div', { class: 'behind' },
      element('h3', {}, `${section.dataset.source.replace(/.*\//, '')}.java`),
      element('pre', { class: 'java', tabindex: 0, role: 'region', 'aria-label': `The Java behind ${title}` }, code),
      element('h3', {}, 'What Redis runs ', element('span', { class: 'hint' }, '(indented: inside of a script, which is one step)')),
      log.frame));
    source(section.dataset.source).then(java => code.append(...coloured(java)));
  }
  onLive(({ commands, silent, failure, redis }) => {
    byId('unreachable').hidden = !failure;
    byId('unreachable').textContent = failure ? `${failure} This page goes on when it does.` : '';
    if (failure) {
      return;
    }
    byId('redis').textContent = `The Redis behind it: ${redis}.`;
    const touched = new Set();
    for (const command of commands) {
      for (const panel of command.panels) {
        logs.get(panel).take(command);
        touched.add(logs.get(panel));
      }
    }
    touched.forEach(log => log.end());
    if (silent) {
      logs.forEach(log => { log.empty.textContent = silent; });
    }
  });
}
