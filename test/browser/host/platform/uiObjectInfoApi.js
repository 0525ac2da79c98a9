import { Adapter } from '../scripts/adapter.js';
import { call } from '../scripts/call.js';

export class getObjectInfo extends Adapter {
  isReady({ objectApiName }) {
    return Boolean(objectApiName);
  }
  load({ objectApiName }) {
    return call('GET', `/ui-api/object-info/${objectApiName.objectApiName ?? objectApiName}`);
  }
}
