import { ask } from './core.js';

const PAUSE = 400;
const PAUSE_WITHOUT_COMMANDS = 2000;

/** Commands that change nothing. */
const READS = new Set(['GET', 'MGET', 'STRLEN', 'EXISTS', 'TYPE', 'TTL', 'PTTL', 'GETBIT', 'BITCOUNT', 'PFCOUNT',
  'HGET', 'HMGET', 'HGETALL', 'HKEYS', 'HVALS', 'HLEN', 'HEXISTS', 'HSCAN', 'HSTRLEN',
  'SMEMBERS', 'SISMEMBER', 'SMISMEMBER', 'SCARD', 'SSCAN', 'SINTER', 'SUNION', 'SDIFF', 'SRANDMEMBER',
  'LRANGE', 'LLEN', 'LINDEX', 'LPOS', 'XLEN', 'XRANGE', 'XPENDING', 'XINFO', 'TIME', 'PUBLISH', 'GETRANGE', 'BITFIELD_RO',
  'ZCARD', 'ZCOUNT', 'ZSCORE', 'ZMSCORE', 'ZRANGE', 'ZRANGEBYSCORE', 'BITPOS', 'MEMORY']);

const listeners = [];
const changes = new Map();
const panels = [...document.querySelectorAll('[data-keys]')].map(section => ({
  id: section.id,
  keys: section.dataset.keys.split(' '),
}));

/** Tells of what goes on: leases, and commands, each with the panels that it has to do with. */
export function onLive(listener) {
  listeners.push(listener);
}

/** Shows a panel now, and again whenever somebody, in whatever window or process, has changed what it shows. */
export function onChange(panel, show) {
  changes.set(panel, show);
  show();
}

function patternOf(prefix, key) {
  const quoted = (prefix + key).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(key.endsWith(':') ? quoted : quoted + '(?=[\\s:}"]|$)');
}

function panelsOf(text, prefix) {
  return panels
    .filter(panel => {
      panel.patterns ??= panel.keys.map(key => patternOf(prefix, key));
      return panel.patterns.some(pattern => pattern.test(text));
    })
    .map(panel => panel.id);
}

function isWrite({ text }) {
  const command = text.slice(0, text.search(/ |$/));
  return !READS.has(command) && !command.startsWith('EVAL'); // what a script does is told by itself
}

let last;
let epoch;
let shownWithoutCommands = 0;

async function look() {
  const live = await ask('GET', last === undefined ? 'live' : `live?after=${last}`);
  const missed = epoch !== undefined && epoch !== live.epoch;
  ({ last, epoch } = live);
  const changed = new Set(missed ? changes.keys() : []);
  for (const command of live.commands) {
    command.panels = panelsOf(command.text, live.prefix);
    if (isWrite(command)) {
      command.panels.forEach(panel => changed.add(panel));
    }
  }
  if (live.silent && Date.now() - shownWithoutCommands > PAUSE_WITHOUT_COMMANDS) {
    shownWithoutCommands = Date.now();
    changes.forEach((show, panel) => changed.add(panel));
  }
  listeners.forEach(listener => listener(live));
  changed.forEach(panel => changes.get(panel)?.());
}

/** Looks for as long as the page is open, and seen. */
export async function watch() {
  for (;;) {
    if (!document.hidden) {
      try {
        await look();
      } catch (failure) {
        listeners.forEach(listener => listener({ failure: failure.message, leases: [], commands: [] }));
      }
    }
    await new Promise(done => setTimeout(done, PAUSE));
  }
}
