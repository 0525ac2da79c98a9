import { Metadata, status } from '@grpc/grpc-js';

export type GrpcError = Error & { code: number; details: string; metadata: Metadata };

/** An error as the Pub/Sub API sends it: a status, and its own code in the trailer `error-code`. */
export function grpcError(code: keyof typeof status, errorCode: string, details: string): GrpcError {
  const metadata = new Metadata();
  metadata.set('error-code', `sfdc.platform.eventbus.grpc.${errorCode}`);
  return Object.assign(new Error(details), { code: status[code], details, metadata });
}
