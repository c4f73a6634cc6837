const form = document.getElementById('entry');
const importing = document.getElementById('import');
const entries = document.getElementById('entries');
const status = document.getElementById('status');

/** Answers the JSON of a reply, or throws what its problem says. */
async function ask(path, options) {
  let reply;
  try {
    reply = await fetch(path, options);
  } catch (unreachable) {
    throw new Error('The application does not answer: is it still running?');
  }
  const text = await reply.text();
  if (reply.ok) {
    return { status: reply.status, body: text && JSON.parse(text) };
  }
  let problem = {};
  try {
    problem = JSON.parse(text);
  } catch (notJson) {
    // The status has to do.
  }
  throw new Error(problem.detail || `The application answered with status ${reply.status}.`);
}

function pathOf(name) {
  if (name === '.' || name === '..') {
    throw new Error(`The name must not be '${name}'.`);
  }
  return 'phonebook/' + encodeURIComponent(name);
}

function say(sentence, wrong = false) {
  status.textContent = sentence;
  status.classList.toggle('wrong', wrong);
}

function rowOf(name, number) {
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = name;
  const cell = document.createElement('td');
  cell.textContent = number;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Delete';
  button.setAttribute('aria-label', `Delete ${name}`);
  button.addEventListener('click', () => change(button, async () => {
    await ask(pathOf(name), { method: 'DELETE' });
    return `${name} is deleted.`;
  }).then(() => form.elements.name.focus()));
  const last = document.createElement('td');
  last.append(button);
  row.append(head, cell, last);
  return row;
}

/** As the application sorts; JavaScript puts names that look like numbers first. */
function byName([name], [other]) {
  return name < other ? -1 : 1;
}

async function show() {
  const { body: book } = await ask('phonebook');
  entries.replaceChildren(...Object.entries(book).sort(byName).map(([name, number]) => rowOf(name, number)));
  document.getElementById('empty').hidden = entries.childElementCount > 0;
  const { body: { report, cache } } = await ask('report');
  const initials = Object.entries(report.byInitial).sort(byName).map(([initial, names]) => `${initial}: ${names}`);
  document.getElementById('report').textContent = `${report.entries} entries`
    + `${initials.length === 0 ? '' : ` (${initials.join(', ')})`}, counted at ${new Date(report.counted).toLocaleTimeString()}; `
    + `so far remembered ${cache.hits} times, and counted anew ${cache.misses} times.`;
  const { body: behind } = await ask('redis');
  document.getElementById('redis').textContent = `It is ${behind.redis}.`;
  const stored = Object.entries(behind.stored).flatMap(([field, value]) => [field, value]);
  document.getElementById('stored').textContent = `> HGETALL ${behind.key}\n`
    + (stored.length === 0 ? '(empty)' : stored.map((text, i) => `${i + 1}) ${JSON.stringify(text)}`).join('\n'));
}

/** Does one thing at a time, says what came of it, and shows what is there now. */
async function change(button, action) {
  button.disabled = true;
  try {
    const sentence = await action();
    await show();
    say(sentence);
  } catch (failure) {
    say(failure.message, true);
    await show().catch(() => {});
  } finally {
    button.disabled = false;
  }
}

form.addEventListener('submit', event => {
  event.preventDefault();
  const name = form.elements.name.value.trim();
  const number = form.elements.number.value.trim();
  change(form.querySelector('button'), async () => {
    const { status: code } = await ask(pathOf(name), {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ number }),
    });
    form.reset();
    form.elements.name.focus();
    return code === 201 ? `${name} is added.` : `${name} has a new number.`;
  });
});

importing.addEventListener('submit', event => {
  event.preventDefault();
  const chosen = importing.elements.file;
  const [file] = chosen.files;
  change(importing.querySelector('button'), async () => {
    if (file.size > 1024 * 1024) { // the application stops reading there, so that its answer might not arrive
      throw new Error('The file must not be larger than 1 MiB.');
    }
    const bytes = await file.arrayBuffer().catch(() => {
      throw new Error(`${file.name} cannot be read, or has changed: choose it again.`);
    });
    const { body: done } = await ask('phonebook/import', {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv' },
      body: bytes,
    });
    importing.reset();
    return `${file.name} is imported: ${done.added} added, ${done.replaced} replaced, `
      + `under the lease with fencing token ${done.fencingToken}.`;
  }).then(() => chosen.focus());
});

show().catch(failure => say(failure.message, true));
