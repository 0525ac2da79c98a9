/** The embedded store, in the folder of its bridge. */
export const STORE_FILE = 'desk-connect.sqlite';
