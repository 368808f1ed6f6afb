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
for (const kind of ['pointerout', 'focusout']) {
  document.addEventListener(kind, (event) => {
    if (event.target instanceof Element) event.target.closest('.ref.closed')?.classList.remove('closed');
  });
}

// A command is sent once, however often the button is pressed.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
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
