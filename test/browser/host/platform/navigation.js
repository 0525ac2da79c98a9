const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

/** The address of a page, as Lightning Experience writes it. */
function addressOf({ type, attributes = {} }) {
  const { recordId, objectApiName, actionName = 'view', apiName, url } = attributes;
  switch (type) {
    case 'standard__recordPage':
      return `/lightning/r/${objectApiName ? `${objectApiName}/` : ''}${recordId}/${actionName}`;
    case 'standard__objectPage':
      return `/lightning/o/${objectApiName}/${actionName}`;
    case 'standard__navItemPage':
      return `/lightning/n/${apiName}`;
    case 'standard__webPage':
      return url;
    default:
      throw new Error(`No page of type ${type}`);
  }
}

/** Where a component went is kept for the test to see: there is no other page to go to. */
export const NavigationMixin = (Base) =>
  class extends Base {
    [Navigate](reference) {
      globalThis.host.navigated.push(addressOf(reference));
    }
    [GenerateUrl](reference) {
      return Promise.resolve(addressOf(reference));
    }
  };
NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;

export class CurrentPageReference {
  constructor(provide) {
    this.provide = provide;
  }
  connect() {
    this.provide(globalThis.host.pageReference);
  }
  update() {}
  disconnect() {}
}
