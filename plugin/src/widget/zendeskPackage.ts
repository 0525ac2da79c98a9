import { crc32 } from 'node:zlib';
import JSZip from 'jszip';
import { logo } from './logo.ts';

/** What the app is called in Zendesk, unless somebody names it otherwise, and whose it is: by that it is found again. */
export const APP = { name: 'Salesforce', author: 'Desk Connect' } as const;

const DESCRIPTION = 'What Salesforce knows of the customer of the ticket';
/** Within a zip, files have a time; this one makes the same zip of the same app. */
const DATE = new Date(Date.UTC(2026, 0));

/** Where Zendesk opens the widget. */
export const locationOf = (widgetUrl: URL) =>
  `${widgetUrl.origin}${widgetUrl.pathname.replace(/\/$/, '')}/zendesk`;

/** An app that opens another address, or holds anything else, has another version. */
export const versionOf = (widgetUrl: URL) => `1.${crc32(JSON.stringify(contentOf(widgetUrl)))}`;

/** The zip of a private app of Zendesk that shows the widget beside tickets. */
export async function zendeskPackage(widgetUrl: URL): Promise<Buffer> {
  const { manifest, translation } = contentOf(widgetUrl);
  const zip = new JSZip();
  const put = (path: string, content: string | Buffer) => zip.file(path, content, { date: DATE });
  put('manifest.json', JSON.stringify({ ...manifest, version: versionOf(widgetUrl) }, null, 2));
  put('translations/en.json', JSON.stringify(translation, null, 2));
  put('assets/logo.png', logo(320));
  put('assets/logo-small.png', logo(128));
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

function contentOf(widgetUrl: URL) {
  return {
    manifest: {
      name: APP.name,
      // An address that reaches nobody: those who run the bridge are not known here.
      author: { name: APP.author, email: 'desk-connect@example.com' },
      defaultLocale: 'en',
      private: true,
      location: { support: { ticket_sidebar: { url: locationOf(widgetUrl), flexible: true } } },
      signedUrls: true,
      frameworkVersion: '2.0',
    },
    translation: {
      app: {
        name: APP.name,
        short_description: DESCRIPTION,
        long_description: `${DESCRIPTION}, from the bridge of Desk Connect. Read only.`,
        installation_instructions: 'Run "sf deskconnect widget --create" once it is uploaded.',
      },
    },
  };
}
