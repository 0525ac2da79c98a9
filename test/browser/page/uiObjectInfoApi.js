import { Adapter, answered, org } from './org.js';

export class getObjectInfo extends Adapter {
  async load() {
    await answered();
    if (org.mayNotRead) return this.provide({ data: undefined, error: { status: 403 } });
    const updateable = !org.mayNotUpdate;
    const fields = { Status__c: { updateable: false }, Requested_Action__c: { updateable } };
    this.provide({ data: { updateable, fields }, error: undefined });
  }
}
