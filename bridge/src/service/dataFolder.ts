/** Where the bridge keeps its store and its token, unless it is told otherwise. */
export const DATA_FOLDER = './desk-connect-data';
