/** What a bridge writes into Health__c: see `bridge/src/core/status`. */
export function healthOf({
  contactId,
  text = 'A glowing customer needs a shield',
}: {
  contactId: string;
  text?: string;
}) {
  const since = '2026-11-27T09:00:00.000Z';
  const counts = {
    inStep: 12_034,
    waiting: 3,
    failing: 12,
    conflict: 1,
    ambiguous: 2,
    excluded: 400,
    unlinked: 5,
  };
  return {
    version: 1,
    parts: [
      { name: 'stream /data/DeskConnect__chn', state: 'up', since, detail: '', lagSeconds: 3 },
      { name: 'desk poll', state: 'down', since, detail: `HTTP 503: ${text}`, lagSeconds: 4_000 },
      { name: 'engine', state: 'up', since, detail: '', lagSeconds: null },
    ],
    pairs: { company: counts, customer: counts, case: counts },
    causes: [
      {
        class: 'validation',
        code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        pairs: 11,
        examples: [{ pair: 'customer', recordId: contactId, deskId: '31415', text }],
      },
      {
        class: 'permission',
        code: 'INSUFFICIENT_ACCESS',
        pairs: 1,
        examples: [{ pair: 'case', recordId: null, deskId: '77', text }],
      },
    ],
    budgets: { salesforce: { used: 12_000, max: 100_000 }, desk: { left: 210, limit: 300 } },
    hours: Array.from({ length: 24 }, (_, hour) => ({
      at: new Date(Date.UTC(2026, 10, 27, hour)).toISOString(),
      toDesk: hour,
      toSalesforce: 2 * hour,
      failed: 1,
    })),
  };
}

/** What a bridge writes into Mappings__c. */
export function mappingsOf(home: 'org' | 'file', condition = "Origin = 'Web'") {
  const pairs = ['company', 'customer', 'case'];
  const common = {
    createInDesk: true,
    createInSalesforce: true,
    updateInDesk: true,
    updateInSalesforce: true,
  };
  return {
    version: 1,
    home,
    rules: pairs.map((pair) => ({
      pair,
      ...common,
      direction: 'two-way',
      salesforceCondition: condition,
      deskCondition: '',
      recordType: null,
      conflictRule: 'salesforce',
      onDelete: 'unlink',
    })),
    mappings: pairs.flatMap((pair) => [
      {
        pair,
        salesforceField: 'Name',
        deskField: 'name',
        direction: 'two-way',
        owner: null,
        display: true,
        standard: true,
      },
      {
        pair,
        salesforceField: 'Product__r.Code__c',
        deskField: 'custom_fields.product',
        direction: 'desk-to-salesforce',
        owner: 'desk',
        display: false,
        standard: false,
      },
    ]),
    problems: [],
  };
}
