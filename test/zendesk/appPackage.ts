import JSZip from 'jszip';
import type { Input } from './input.ts';

/** What an app's zip holds, as far as a build looks at it. */
export type AppPackage = {
  /** As text; null where there is none. */
  readonly manifest: string | null;
  readonly files: Readonly<Record<string, string>>;
};
export type Manifest = {
  readonly author: { readonly name: string; readonly email: string };
  readonly private: boolean;
  readonly signedUrls: boolean;
  readonly version: string;
  /** Where the frame beside a ticket leads. */
  readonly ticketSidebar: string;
};

/** Reads a form with a zip as `uploaded_data`; what is none has no package. */
export async function uploadOf(contentType: string, body: Buffer): Promise<Input> {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData();
    const file = form.get('uploaded_data');
    if (!(file instanceof Blob)) return {};
    const zip = await JSZip.loadAsync(await file.arrayBuffer());
    const files: Record<string, string> = {};
    for (const one of Object.values(zip.files)) if (!one.dir) files[one.name] = await one.async('text');
    return { uploaded_data: { manifest: files['manifest.json'] ?? null, files } satisfies AppPackage };
  } catch {
    return {};
  }
}

/** Holds a package against the rules that Zendesk's own validator has. Returns what is wrong where it is. */
export function readManifest({ manifest: text, files }: AppPackage): Manifest | string {
  if (text === null) return 'Missing manifest.json';
  let manifest: Record<string, unknown>;
  try {
    manifest = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return 'manifest.json is not proper JSON';
  }
  const { author, defaultLocale, frameworkVersion, location } = manifest;
  for (const name of ['author', 'defaultLocale', 'location', 'frameworkVersion'])
    if (manifest[name] === undefined) return `Missing required field in manifest: ${name}`;
  if (frameworkVersion !== '2.0')
    return `${JSON.stringify(frameworkVersion)} is not a valid framework version`;
  const translation = files[`translations/${String(defaultLocale)}.json`];
  if (translation === undefined) return `Missing translation file for locale ${String(defaultLocale)}`;
  if (nameIn(translation) === null) return 'Missing required key from translation: name';
  const url = (location as { support?: { ticket_sidebar?: { url?: unknown } } }).support?.ticket_sidebar?.url;
  if (typeof url !== 'string' || !isLocation(url, files)) return `${String(url)} is an invalid location URI`;
  for (const name of ['private', 'signedUrls'])
    if (typeof (manifest[name] ?? false) !== 'boolean') return `${name} must be a Boolean`;
  return {
    author: author as Manifest['author'],
    private: manifest['private'] !== false,
    signedUrls: manifest['signedUrls'] === true,
    version: String(manifest['version'] ?? '1.0'),
    ticketSidebar: url,
  };
}

function nameIn(translation: string): string | null {
  try {
    const { app } = JSON.parse(translation) as { app?: { name?: unknown } };
    return typeof app?.name === 'string' ? app.name : null;
  } catch {
    return null;
  }
}

function isLocation(url: string, files: Readonly<Record<string, string>>): boolean {
  if (!URL.canParse(url)) return url.startsWith('assets/') && url in files;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || hostname === 'localhost';
}
