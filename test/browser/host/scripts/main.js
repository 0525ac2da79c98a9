import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import * as components from '@host/components';
import { showFrame } from './frame.js';
import { showToasts } from './toasts.js';

const { component, props } = globalThis.host;
const Component = components[component];
if (!Component) throw new Error(`There is no component ${component}`);

const tag = `c-${component.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
const element = createElement(tag, { is: Component });
Object.assign(element, props);
showToasts();
showFrame().append(element);
globalThis.host.element = element;
