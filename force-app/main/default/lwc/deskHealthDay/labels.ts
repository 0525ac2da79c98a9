import lastDay from '@salesforce/label/c.DeskSync_LastDay';
import lastDaySummary from '@salesforce/label/c.DeskSync_LastDaySummary';
import asTable from '@salesforce/label/c.DeskSync_AsTable';
import hour from '@salesforce/label/c.DeskSync_Hour';
import toDesk from '@salesforce/label/c.DeskSync_ToDesk';
import toSalesforce from '@salesforce/label/c.DeskSync_ToSalesforce';
import failed from '@salesforce/label/c.DeskSync_Failed';

/** All texts of the template, in the user's language. */
export const labels = { lastDay, lastDaySummary, asTable, hour, toDesk, toSalesforce, failed };
