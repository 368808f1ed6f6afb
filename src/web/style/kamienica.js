// Small comforts. Every page does without them.
const summary = document.getElementById('form-summary');
if (summary !== null) summary.focus();

document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.getElementById('search');
    if (search !== null) {
      event.preventDefault();
      search.focus();
    }
  }
  // A place in an act that covers something else goes away.
  if (event.key === 'Escape') for (const ref of document.querySelectorAll('.ref:hover, .ref:focus-within')) ref.classList.add('closed');
});
// From the search box down into what it suggests, and back.
document.addEventListener('keydown', (event) => {
  const form = event.target instanceof Element ? event.target.closest('form.search') : null;
  if (form === null) return;
  const places = [form.querySelector('input[type="search"]'), ...form.querySelectorAll('#suggestions a')];
  const now = places.indexOf(event.target);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined && now >= 0 && places.length > 1) {
    event.preventDefault();
    places[(now + step + places.length) % places.length].focus();
  }
  if (event.key === 'Escape' && places.length > 1) {
    // The browser would empty the box.
    event.preventDefault();
    form.querySelector('#suggestions').replaceChildren();
    places[0].focus();
  }
});

for (const kind of ['pointerout', 'focusout']) {
  document.addEventListener(kind, (event) => {
    if (event.target instanceof Element) event.target.closest('.ref.closed')?.classList.remove('closed');
  });
}

// A command is sent once, however often the button is pressed.
document.addEventListener('submit', (event) => {
  const form = event.target;
  // After a file the page still stands there, and its button with it.
  if (!(form instanceof HTMLFormElement) || form.method !== 'post' || form.dataset.gives === 'file') return;
  if (form.dataset.sent === 'yes') {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  for (const button of form.querySelectorAll('button[type="submit"]')) button.setAttribute('aria-disabled', 'true');
});
// Back from the next page by the browser's button: it may be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('button[aria-disabled]')) button.removeAttribute('aria-disabled');
  }
});
