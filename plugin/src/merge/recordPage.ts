import { insertChild, removeElement } from './splice.ts';
import { elementsNamed, parseXml, textOf, type Element } from './xml.ts';

const COMPONENT = 'c:deskSyncStatus';
/** Regions in the order in which the component is put, the most fitting first. */
const REGIONS = ['sidebar', 'rightsidebar', 'right', 'main', 'leftsidebar'];

/** Whether the component stands on a retrieved record page, in whatever region. */
export function isPlaced(file: string): boolean {
  return instancesOf(parseXml(file)).some((one) => textOf(one, 'componentName') === COMPONENT);
}

/** The record page with the component as the last of its sidebar (else of its main region); null where it has neither. */
export function place(file: string): string | null {
  const page = parseXml(file);
  const regions = elementsNamed(page, 'flexiPageRegions').filter((one) => textOf(one, 'type') === 'Region');
  const region = REGIONS.map((name) => regions.find((one) => textOf(one, 'name') === name)).find(Boolean);
  if (!region) return null;
  return insertChild(file, region, [
    'itemInstances',
    [
      [
        'componentInstance',
        [
          ['componentName', COMPONENT],
          ['identifier', 'c_deskSyncStatus'],
        ],
      ],
    ],
  ]);
}

/** The record page without the component. */
export function displace(file: string): string {
  const item = elementsNamed(parseXml(file), 'flexiPageRegions')
    .flatMap((region) => elementsNamed(region, 'itemInstances'))
    .find((one) =>
      elementsNamed(one, 'componentInstance').some((part) => textOf(part, 'componentName') === COMPONENT),
    );
  return item ? removeElement(file, item) : file;
}

function instancesOf(page: Element): Element[] {
  return elementsNamed(page, 'flexiPageRegions')
    .flatMap((region) => elementsNamed(region, 'itemInstances'))
    .flatMap((item) => elementsNamed(item, 'componentInstance'));
}
