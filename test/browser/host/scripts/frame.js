const element = (tag, className, ...inside) => {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...inside);
  return made;
};

/** A record's card of details, so that a component has on it what it has on a real page. */
function details(fields) {
  const list = element('dl', 'slds-grid slds-wrap');
  for (const [label, value] of fields) {
    const item = element(
      'div',
      'slds-size_1-of-1 slds-medium-size_1-of-2 slds-p-around_x-small',
      element('dt', 'slds-text-title', label),
      element('dd', 'slds-truncate', value),
    );
    list.append(item);
  }
  return list;
}

function highlights({ kind, name, fields }) {
  const title = element('h1', '');
  title.append(
    element('span', 'slds-page-header__meta-text', kind),
    element('span', 'slds-page-header__title slds-truncate host-block', name),
  );
  const row = element('dl', 'host-row');
  for (const [label, value] of fields.slice(0, 4))
    row.append(
      element(
        'div',
        '',
        element('dt', 'slds-text-title slds-truncate', label),
        element('dd', 'slds-truncate', value),
      ),
    );
  return element('div', 'slds-page-header slds-page-header_record-home', title, row);
}

function tabs(inside) {
  const tab = element('a', 'slds-tabs_default__link', 'Details');
  tab.href = '#details';
  tab.id = 'details-tab';
  tab.setAttribute('role', 'tab');
  tab.setAttribute('aria-selected', 'true');
  tab.setAttribute('aria-controls', 'details');
  const item = element('li', 'slds-tabs_default__item slds-is-active', tab);
  item.setAttribute('role', 'presentation');
  const nav = element('ul', 'slds-tabs_default__nav', item);
  nav.setAttribute('role', 'tablist');
  const panel = element('div', 'slds-tabs_default__content slds-show', inside);
  panel.id = 'details';
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-labelledby', 'details-tab');
  return element('div', 'slds-card slds-p-horizontal_small', element('div', 'slds-tabs_default', nav, panel));
}

/** Builds the page around the component, and returns the place that it takes. */
export function showFrame() {
  const { frame, record, title } = globalThis.host;
  const main = document.querySelector('main');
  if (frame === 'app') {
    const header = element('div', 'slds-page-header', element('h1', 'slds-page-header__title', title));
    const place = element('div', 'slds-m-top_small');
    main.append(header, place);
    return place;
  }
  const place = element('aside', 'slds-size_1-of-1 slds-large-size_1-of-3 slds-p-around_xx-small');
  place.setAttribute('aria-label', 'Sidebar');
  const middle = element(
    'div',
    'slds-size_1-of-1 slds-large-size_2-of-3 slds-p-around_xx-small',
    tabs(details(record.fields)),
  );
  main.append(highlights(record), element('div', 'slds-grid slds-wrap slds-m-top_x-small', middle, place));
  return place;
}
