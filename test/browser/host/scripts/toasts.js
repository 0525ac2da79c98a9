const ICONS = { success: 'success', error: 'error', warning: 'warning', info: 'info' };

/** Shows what components announce by ShowToastEvent, as the platform does at the top of the page. */
export function showToasts() {
  addEventListener('lightning__showtoast', ({ detail: { title, message = '', variant = 'info' } }) => {
    const toast = document.createElement('div');
    toast.className = `slds-notify slds-notify_toast slds-theme_${ICONS[variant] ?? 'info'}`;
    toast.setAttribute('role', 'status');
    const content = document.createElement('div');
    content.className = 'slds-notify__content';
    const heading = document.createElement('h2');
    heading.className = 'slds-text-heading_small';
    heading.textContent = title;
    const text = document.createElement('p');
    text.textContent = message;
    content.append(heading, text);
    toast.append(content);
    document.getElementById('toasts').append(toast);
  });
}
