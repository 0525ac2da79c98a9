/** Where a bridge listens, the variable of whose port somebody has to change. */
const PORTS =
  'DESKCONNECT_PORT, or DESKCONNECT_HOOK_PORT, DESKCONNECT_WIDGET_PORT or DESKCONNECT_MONITOR_PORT';

/**
 * What the machine refuses a bridge that starts, in words that say what to do; null for any other error.
 * Without them, whoever starts a second bridge would read a stack.
 */
export function startProblem(error: unknown): string | null {
  const { code, syscall, message, path, address, port } = error as Partial<NodeJS.ErrnoException> & {
    address?: string;
    port?: number;
  };
  if (code === undefined || syscall === undefined || message === undefined) return null;
  if (syscall === 'listen' && code === 'EADDRINUSE')
    return `Port ${port} of ${address} is in use by another program, or by another bridge (EADDRINUSE). End that one, or give this one another port by ${PORTS}.`;
  if (syscall === 'listen')
    return `The bridge cannot listen on port ${port} of ${address}: ${message}. Name another by ${PORTS}.`;
  if (path !== undefined)
    return `The bridge cannot use ${path}: ${message}. What DESKCONNECT_DATA names must be a folder in which the bridge's user may write.`;
  return null;
}
