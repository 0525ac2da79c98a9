/** The database did not take the connection, or not the schema. */
export class StoreUnreachable extends Error {
  constructor(url: string, cause: unknown) {
    // The address without user and password: this text goes to the log.
    const { hostname, port, pathname } = new URL(url);
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    super(
      `The store on PostgreSQL at ${hostname}:${port || '5432'}${pathname} cannot be opened: ${reason}. ` +
        'Check DESKCONNECT_STORE, and that its user may connect and make tables there.',
      { cause },
    );
    this.name = 'StoreUnreachable';
  }
}
