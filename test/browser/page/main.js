import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import DeskSyncStatus from 'c/deskSyncStatus';

const element = createElement('c-desk-sync-status', { is: DeskSyncStatus });
element.recordId = '500000000000001AAA';
document.getElementById('component').append(element);
globalThis.component = element;
