'use strict';
// Filters and sorts the table of items. Everything is there without it.
(() => {
  const table = document.getElementById('table');
  if (!table) return;
  const tools = document.getElementById('tools');
  const count = document.getElementById('count');
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row, order) => ({ row, order, data: { ...row.dataset }, text: null }));
  const choices = ['status', 'vendor', 'store', 'category', 'verdict', 'personal', 'card'];
  const kinds = new Set(['preference', 'identifier', 'contact', 'location', 'behaviour', 'content']);

  // What a row shows and what its value is made of, not the words of the catalog: those are the same in many rows.
  const textOf = item => item.text ??= [item.row.querySelector('summary').textContent,
    ...Array.from(item.row.querySelectorAll(':scope > td:not(.item), .raw, code'), part => part.textContent)].join('\n').toLowerCase();

  const wanted = () => {
    const form = new FormData(tools);
    return { text: form.get('text').trim().toLowerCase(), pairs: choices.map(name => [name, form.get(name)]).filter(pair => pair[1]) };
  };
  const fits = (data, [name, value]) =>
    data[name] === value || (name === 'personal' && value === 'any' && kinds.has(data.personal));

  function filter() {
    const { text, pairs } = wanted();
    let shown = 0;
    for (const item of rows) {
      const show = pairs.every(pair => fits(item.data, pair)) && (!text || textOf(item).includes(text));
      if (show) shown += 1;
      if (item.row.hidden === show) item.row.hidden = !show;
    }
    count.textContent = shown === rows.length ? `${shown} ${shown === 1 ? 'item' : 'items'}.` : `${shown} of ${rows.length} items shown.`;
  }

  const collator = new Intl.Collator('en', { numeric: true });
  const keys = new Map();
  function keysOf(name) {
    if (!keys.has(name)) {
      const key = item => name === 'until' ? Number(item.data.until ?? Infinity)
        : (name === 'item' ? item.row.querySelector('summary') : item.row.querySelector(`td.${name}`)).textContent;
      keys.set(name, rows.map(key));
    }
    return keys.get(name);
  }
  function sort(header) {
    const descending = header.ariaSort === 'ascending';
    for (const other of table.tHead.rows[0].cells) other.ariaSort = 'none';
    header.ariaSort = descending ? 'descending' : 'ascending';
    const key = keysOf(header.dataset.key);
    const compare = header.dataset.key === 'until' ? (a, b) => (a === b ? 0 : a - b) : collator.compare;
    const sorted = rows.slice().sort((a, b) => compare(key[a.order], key[b.order]) * (descending ? -1 : 1) || a.order - b.order);
    const all = document.createDocumentFragment();
    for (const item of sorted) all.append(item.row);
    body.append(all);
  }

  // A link to an item shows it, whatever is filtered, and opens it.
  function follow() {
    const row = document.getElementById(location.hash.slice(1));
    if (row?.parentNode !== body) return;
    if (row.hidden) { tools.reset(); filter(); }
    row.querySelector('details').open = true;
    row.scrollIntoView();
  }

  for (const header of table.tHead.rows[0].cells) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...header.childNodes);
    button.addEventListener('click', () => sort(header));
    header.append(button);
  }
  let waiting = 0;
  tools.addEventListener('input', () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(filter); });
  tools.addEventListener('reset', () => setTimeout(filter));
  tools.addEventListener('submit', event => event.preventDefault());
  const openAll = open => rows.forEach(({ row }) => { if (!open || !row.hidden) row.querySelector('details').open = open; });
  document.getElementById('open').addEventListener('click', () => openAll(true));
  document.getElementById('close').addEventListener('click', () => openAll(false));
  for (const link of document.querySelectorAll('a[data-card]')) {
    link.addEventListener('click', event => {
      event.preventDefault();
      tools.reset();
      tools.elements.card.value = link.dataset.card;
      filter();
      const heading = document.getElementById('items');
      heading.scrollIntoView();
      heading.focus({ preventScroll: true });
    });
  }
  window.addEventListener('hashchange', follow);
  tools.hidden = false;
  filter();
  follow();
})();
