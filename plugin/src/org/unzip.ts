/** The files of a package by their path, without a folder around them. */
export async function unzip(buffer: Buffer): Promise<Map<string, string>> {
  // Only who reads a package loads it.
  const { default: JSZip } = await import('jszip');
  const zip = await JSZip.loadAsync(buffer);
  const files = new Map<string, string>();
  for (const entry of Object.values(zip.files)) {
    if (!entry.dir) files.set(entry.name.replace(/^unpackaged\//, ''), await entry.async('string'));
  }
  return files;
}
