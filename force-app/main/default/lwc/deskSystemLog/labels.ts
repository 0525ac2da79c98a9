import systemLog from '@salesforce/label/c.DeskSync_SystemLog';
import show from '@salesforce/label/c.DeskSync_Show';
import records from '@salesforce/label/c.DeskSync_Records';
import everything from '@salesforce/label/c.DeskSync_Everything';
import problems from '@salesforce/label/c.DeskSync_Problems';
import errors from '@salesforce/label/c.DeskSync_Errors';
import allRecords from '@salesforce/label/c.DeskSync_AllRecords';
import logEmpty from '@salesforce/label/c.DeskSync_LogEmpty';

/** All texts of the template, in the user's language. */
export const labels = { systemLog, show, records, everything, problems, errors, allRecords, logEmpty };
