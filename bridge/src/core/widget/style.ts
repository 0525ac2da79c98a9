/**
 * The stylesheet of the widget's pages, by the styling hooks of SLDS 2. Nobody loads SLDS into Desk: the hooks are
 * set here, to the values of its theme Cosmos, and what follows names no colour of its own.
 */
export const STYLE = `:root {
  color-scheme: light dark;
  --slds-g-color-surface-container-1: light-dark(#fff, #242424);
  --slds-g-color-surface-container-2: light-dark(#f3f3f3, #181818);
  --slds-g-color-on-surface-1: light-dark(#5c5c5c, #aeaeae);
  --slds-g-color-on-surface-2: light-dark(#2e2e2e, #e5e5e5);
  --slds-g-color-on-surface-3: light-dark(#03234d, #d8e6fe);
  --slds-g-color-border-1: light-dark(#c9c9c9, #444);
  --slds-g-color-accent-2: light-dark(#0250d9, #7cb1fe);
  --slds-g-color-accent-3: light-dark(#022ac0, #a8cbff);
  --slds-g-spacing-1: 0.25rem;
  --slds-g-spacing-2: 0.5rem;
  --slds-g-spacing-3: 0.75rem;
  --slds-g-radius-border-3: 0.75rem;
  --slds-g-font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  --slds-g-font-scale-neg-1: 0.75rem;
  --slds-g-font-scale-base: 0.8125rem;
  --slds-g-font-scale-1: 0.875rem;
  --slds-g-font-scale-2: 1rem;
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
  padding: var(--slds-g-spacing-2);
  background: var(--slds-g-color-surface-container-2);
  color: var(--slds-g-color-on-surface-2);
  font: var(--slds-g-font-scale-base) / 1.5 var(--slds-g-font-family);
  overflow-wrap: anywhere;
}
main {
  max-width: 40rem;
  margin: 0 auto;
}
.group {
  margin-bottom: var(--slds-g-spacing-2);
  padding: var(--slds-g-spacing-3);
  border: 1px solid var(--slds-g-color-border-1);
  border-radius: var(--slds-g-radius-border-3);
  background: var(--slds-g-color-surface-container-1);
}
.title {
  margin: var(--slds-g-spacing-2) var(--slds-g-spacing-2) 0;
  font-size: var(--slds-g-font-scale-2);
  color: var(--slds-g-color-on-surface-3);
}
.title + .text {
  margin: var(--slds-g-spacing-1) var(--slds-g-spacing-2) var(--slds-g-spacing-2);
}
.kind {
  margin: 0;
  font-size: var(--slds-g-font-scale-neg-1);
  font-weight: 600;
  color: var(--slds-g-color-on-surface-1);
}
.name {
  margin: 0;
  font-size: var(--slds-g-font-scale-1);
  font-weight: 600;
  color: var(--slds-g-color-on-surface-3);
}
.text,
.foot {
  margin: var(--slds-g-spacing-1) 0 0;
}
.foot {
  padding: 0 var(--slds-g-spacing-1);
  font-size: var(--slds-g-font-scale-neg-1);
  color: var(--slds-g-color-on-surface-1);
}
.cards {
  margin: 0;
  padding: 0;
  list-style: none;
}
.card + .card {
  margin-top: var(--slds-g-spacing-2);
  padding-top: var(--slds-g-spacing-2);
  border-top: 1px solid var(--slds-g-color-border-1);
}
.fields {
  margin: var(--slds-g-spacing-1) 0 0;
}
.field {
  margin-top: var(--slds-g-spacing-1);
}
dt {
  font-size: var(--slds-g-font-scale-neg-1);
  color: var(--slds-g-color-on-surface-1);
}
dd {
  margin: 0;
}
.words {
  white-space: pre-line;
}
@media (min-width: 22rem) {
  .field {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    gap: var(--slds-g-spacing-2);
    align-items: start;
  }
}
a,
summary {
  color: var(--slds-g-color-accent-2);
  cursor: pointer;
}
a {
  text-decoration: none;
  display: inline-block;
  min-height: 1.5rem;
}
dd a {
  margin-block: -0.125rem;
  text-decoration: underline;
}
summary {
  min-height: 1.5rem;
}
a:hover,
a:focus-visible {
  color: var(--slds-g-color-accent-3);
  text-decoration: underline;
}
a:focus-visible,
summary:focus-visible {
  outline: 2px solid var(--slds-g-color-accent-2);
  outline-offset: 1px;
  border-radius: 2px;
}
.hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
`;
