import type { DeskKind } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import { integrationUrl } from './integrationUrl.ts';
import type { WidgetPlace } from './widgetPlace.ts';
import { zendeskApp } from './zendeskApp.ts';

/** The places of the widget, by the kind of help desk. */
export const WIDGET_PLACES: Readonly<Record<DeskKind, WidgetPlace>> = {
  desk: integrationUrl,
  zendesk: zendeskApp,
};
