// What the pages share: fields from the address, endpoints next to the pages, lines to copy.

import { h, say } from '../elements/v1/dom.js';

export const $ = (id) => document.getElementById(id);

export const query = new URLSearchParams(location.search);

export const segment = (value) => encodeURIComponent(value.trim());

/** Where the pages are, from one that is not below another path. */
export const root = new URL('.', location.href).href;

/** From the part of the address that no server is sent, and so none writes to a log. */
export const tokenOfAddress = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';

/** Fills fields from the address. */
export function takeFields(...names) {
  for (const name of names) {
    if (query.has(name)) {
      $(name).value = query.get(name);
    }
  }
  $('token').value = tokenOfAddress;
}

/** Keeps the fields in the address, for reloading and sharing; tokens are not. */
export function keepFields(...names) {
  for (const name of names) {
    const value = $(name).value.trim();
    if (value) {
      query.set(name, value);
    } else {
      query.delete(name);
    }
  }
  history.replaceState(null, '', `?${query}`);
}

async function copy(button, code) {
  let copied = true;
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    // Not in a secure context.
    getSelection().selectAllChildren(code);
    copied = document.execCommand('copy');
  }
  say(button, copied ? 'Copied' : 'Selected');
  setTimeout(() => say(button, 'Copy'), 2_000);
}

/** Shows [title, text] pairs, each with a button that copies it. */
export function showLines(place, lines) {
  const known = [...place.querySelectorAll('.line')];
  if (known.length === lines.length) {
    lines.forEach(([, text], i) => say(known[i].querySelector('code'), text));
    return;
  }
  known.forEach((element) => element.remove());
  for (const [title, text] of lines) {
    const code = h('code', { textContent: text });
    const button = h('button', { type: 'button', textContent: 'Copy', 'aria-label': `Copy: ${title}` });
    button.addEventListener('click', () => copy(button, code));
    place.append(h('div', { className: 'line' }, h('span', { textContent: title }), button, h('pre', { tabIndex: 0, 'aria-label': title }, code)));
  }
}
