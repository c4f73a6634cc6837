/** Answers the JSON of a reply, or throws what its problem says. */
export async function ask(method, path, body) {
  let reply;
  try {
    reply = await fetch(path, body === undefined ? { method }
      : { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  } catch (unreachable) {
    throw new Error('The application does not answer: is it still running?');
  }
  const text = await reply.text();
  if (reply.ok) {
    return text && JSON.parse(text);
  }
  let problem = {};
  try {
    problem = JSON.parse(text);
  } catch (notJson) {
    // The status has to do.
  }
  throw new Error(problem.detail || `The application answered with status ${reply.status}.`);
}

/** An element with attributes and children; an attribute that is null or false is left out, and functions are listeners. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(name, value);
    } else if (value !== null && value !== false) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children);
  return made;
}

/** An element of a picture, with attributes and children. */
export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Says something in the status line of a panel, which screen readers read out. */
export function say(panel, sentence, wrong = false) {
  sayAt(byId(panel).querySelector('.status'), sentence, wrong);
}

export function sayAt(status, sentence, wrong = false) {
  status.textContent = sentence;
  status.classList.toggle('wrong', wrong);
}

/** Does one thing at a time for a control, and says in the panel what came of it. */
export async function act(panel, control, action, status = byId(panel).querySelector('.status')) {
  if (control.getAttribute('aria-busy') === 'true') {
    return;
  }
  control.setAttribute('aria-busy', 'true');
  try {
    const sentence = await action();
    if (sentence !== undefined) {
      sayAt(status, sentence);
    }
  } catch (failure) {
    sayAt(status, failure.message, true);
  } finally {
    control.removeAttribute('aria-busy');
  }
}

/** Has a button do something when it is pressed. */
export function onClick(panel, id, action) {
  const button = byId(id);
  button.addEventListener('click', () => act(panel, button, action));
}

/** Has a form do something, with what was entered by name, when it is sent. */
export function onSubmit(panel, id, action) {
  const form = byId(id);
  form.noValidate = true; // what is wrong is said by the server, in a sentence
  form.addEventListener('submit', event => {
    event.preventDefault();
    act(panel, form.querySelector('[type=submit]'), () => action(Object.fromEntries(new FormData(form))));
  });
}

/** A number with separators, as in 12,345. */
export function number(value) {
  return value.toLocaleString('en');
}
