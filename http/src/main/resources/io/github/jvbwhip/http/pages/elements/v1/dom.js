// What both elements are built with.

/** Makes an element with properties, attributes (`aria-…`, `data-…`, `part`, `role`, `for`) and children. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element && !/^(part|form|list)$/.test(key)) {
      element[key] = value;
    } else if (value !== false && value !== null) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children);
  return element;
}

/** A style sheet for shadow trees; allowed where a policy forbids inline styles. */
export function sheet(text) {
  const result = new CSSStyleSheet();
  result.replaceSync(text);
  return result;
}

/** Sets the text where it differs, so that screen readers hear of changes alone. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Fills a definition list with [term, detail] pairs, in place. */
export function fill(list, pairs) {
  if (list.children.length !== 2 * pairs.length) {
    list.replaceChildren(...pairs.flatMap(() => [h('dt'), h('dd')]));
  }
  pairs.flat().forEach((text, i) => say(list.children[i], String(text)));
}

/** Declares properties that are attributes: texts, or flags where the default is false. */
export function reflect(type, attributes) {
  for (const [name, isFlag] of Object.entries(attributes)) {
    Object.defineProperty(type.prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        return isFlag ? this.hasAttribute(name) : (this.getAttribute(name) ?? '');
      },
      set(value) {
        if (isFlag) {
          this.toggleAttribute(name, Boolean(value));
        } else {
          this.setAttribute(name, value);
        }
      },
    });
  }
}

/** Takes what was set before the element was defined, as frameworks do. */
export function upgrade(element, ...names) {
  for (const name of names) {
    if (Object.hasOwn(element, name)) {
      const value = element[name];
      delete element[name];
      element[name] = value;
    }
  }
}

/** The URL that an attribute means, or null where it is none of an endpoint. */
export function endpointOf(text) {
  const reference = text.trim();
  if (!reference || reference.startsWith('#') || !URL.canParse(reference, document.baseURI)) {
    return null;
  }
  const url = new URL(reference, document.baseURI);
  return /^https?:$/.test(url.protocol) && !url.username ? url : null;
}
