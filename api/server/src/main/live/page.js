/** A new section of the page, with its heading. */
export function addSection(title, hint) {
  const section = element('section', { className: 'added' }, [
    element('h2', {}, [title]),
    element('p', {}, [hint]),
    element('div', { className: 'chart' }),
  ]);
  document.querySelector('#latest').before(section);
  return section;
}

/** What users send is text here, never markup. */
export function element(name, properties, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function numberText(value) {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}
