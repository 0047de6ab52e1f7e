// Every endpoint below `/api/v1`, in the order of the API's documentation. To add one, write a function in the folder
// of its subject and add it to this list.

import {
  deleteGroupEndpoint,
  joinGroupEndpoint,
  leaveGroupEndpoint,
  listGroupsEndpoint,
  readGroupEndpoint,
  saveGroupEndpoint,
} from "./access/admin-group-endpoints.ts";
import {
  changeUserEndpoint,
  createUserEndpoint,
  deleteUserEndpoint,
  listUsersEndpoint,
  readUserEndpoint,
  removeSecondFactorEndpoint,
} from "./access/admin-user-endpoints.ts";
import {
  inviteUserAgainEndpoint,
  revokeInvitationEndpoint,
} from "./access/invitation-endpoints.ts";
import {
  chooseUserAlertMailsEndpoint,
  readUserAlertMailsEndpoint,
} from "./access/alert-mails-endpoints.ts";
import { createAfterAccessChange } from "./access/after-access-change.ts";
import {
  createKeyEndpoint,
  listKeysEndpoint,
  readKeyEndpoint,
  revokeKeyEndpoint,
} from "./access/api-key-endpoints.ts";
import { listActivityEndpoint } from "./activity/activity-endpoints.ts";
import { listAlertsEndpoint } from "./alerts/alert-endpoints.ts";
import { listReadersEndpoint, noteAlertEndpoint } from "./alerts/note-alert-endpoints.ts";
import type { Authenticator } from "./auth/authenticator.ts";
import {
  checkAvailabilityEndpoint,
  readAvailabilityEndpoint,
} from "./availability/availability-endpoints.ts";
import type { ReadItems } from "./availability/item-reader.ts";
import { saveProductsInBulkEndpoint } from "./catalogue/bulk-products-endpoint.ts";
import {
  changeProductEndpoint,
  deleteProductEndpoint,
  listProductsEndpoint,
  readProductEndpoint,
  replaceProductEndpoint,
} from "./catalogue/product-endpoints.ts";
import {
  deleteProductTypeEndpoint,
  listProductTypesEndpoint,
  readProductTypeEndpoint,
  saveProductTypeEndpoint,
} from "./catalogue/product-type-endpoints.ts";
import type { ApiContext } from "./context.ts";
import { exportAlertsEndpoint } from "./exports/alert-export-endpoint.ts";
import { forgetCustomerEndpoint } from "./customers/forget-customer-endpoint.ts";
import { exportOrdersEndpoint } from "./exports/order-export-endpoint.ts";
import { exportMovementsEndpoint, exportStockEndpoint } from "./exports/stock-export-endpoints.ts";
import type { FeedWatch } from "./events/feed-watch.ts";
import { listEventsEndpoint } from "./events/event-endpoints.ts";
import type { NamedEndpoint } from "./http/endpoint.ts";
import { listMailsEndpoint, readMailEndpoint, resendMailEndpoint } from "./mails/mail-endpoints.ts";
import { resendMailsEndpoint, tryMailsNowEndpoint } from "./mails/many-mails-endpoints.ts";
import { mailSupplierEndpoint } from "./mails/supplier-mail-endpoint.ts";
import {
  cancelOrderEndpoint,
  refundOrderEndpoint,
  restockOrderEndpoint,
} from "./orders/change-order-endpoints.ts";
import {
  listOrdersEndpoint,
  placeBulkEndpoint,
  placeOrderEndpoint,
  readOrderEndpoint,
} from "./orders/order-endpoints.ts";
import { payOrderEndpoint } from "./orders/pay-order-endpoint.ts";
import { createPlacing, type OrderParts } from "./orders/placing.ts";
import { exportReorderEndpoint } from "./exports/reorder-export-endpoint.ts";
import { listRunningOutEndpoint } from "./forecast/running-out-endpoint.ts";
import { readOutlookEndpoint } from "./forecast/outlook-endpoint.ts";
import {
  exportProductsEndpoint,
  importProductsEndpoint,
} from "./product-file/product-file-endpoints.ts";
import {
  announceDeliveryEndpoint,
  changeDeliveryEndpoint,
  closeDeliveryEndpoint,
  listDeliveriesEndpoint,
  readDeliveryEndpoint,
} from "./receiving/delivery-endpoints.ts";
import {
  listReceiptsEndpoint,
  readReceiptEndpoint,
  receiveEndpoint,
} from "./receiving/receipt-endpoints.ts";
import { readOverviewEndpoint } from "./reports/overview-endpoint.ts";
import { listRejectedItemsEndpoint } from "./reports/rejected-items-endpoint.ts";
import { listPreOrdersEndpoint, listWaitingOrdersEndpoint } from "./reports/pre-order-endpoints.ts";
import { readStockHistoryEndpoint } from "./reports/report-endpoints.ts";
import { readSuggestedThresholdsEndpoint } from "./reports/suggestion-endpoint.ts";
import {
  adjustStockEndpoint,
  listMovementsEndpoint,
  readStockEndpoint,
} from "./stock/stock-endpoints.ts";
import { listStockEndpoint } from "./stock/stock-list-endpoint.ts";
import { undoMovementEndpoint } from "./stock/undo-endpoint.ts";
import { adjustStockInBulkEndpoint } from "./stock/bulk-adjustment-endpoint.ts";
import { searchEndpoint } from "./search/search-endpoint.ts";
import { webhookEndpoints } from "./webhooks/all-webhook-endpoints.ts";
import { readStoreEndpoint, saveStoreEndpoint } from "./store/store-endpoints.ts";
import {
  listTemplatesEndpoint,
  listTemplateVersionsEndpoint,
  readTemplateEndpoint,
  resetTemplateEndpoint,
  saveTemplateEndpoint,
} from "./templates/template-endpoints.ts";
import {
  listTemplateVariablesEndpoint,
  previewTemplateEndpoint,
  sendTemplateTestEndpoint,
} from "./templates/try-template-endpoints.ts";

/** The parts that endpoints need besides the common context. */
export type EndpointParts = OrderParts & {
  readonly auth: Authenticator;
  readonly readItems: ReadItems;
  readonly feedWatch: FeedWatch;
};

/** In the OpenAPI document, the name of an operation is that of its function without its last word. */
const endpoints = {
  placeOrderEndpoint,
  placeBulkEndpoint,
  readOrderEndpoint,
  listOrdersEndpoint,
  payOrderEndpoint,
  cancelOrderEndpoint,
  refundOrderEndpoint,
  restockOrderEndpoint,
  forgetCustomerEndpoint,
  readAvailabilityEndpoint,
  checkAvailabilityEndpoint,
  listProductTypesEndpoint,
  readProductTypeEndpoint,
  saveProductTypeEndpoint,
  deleteProductTypeEndpoint,
  listProductsEndpoint,
  readProductEndpoint,
  replaceProductEndpoint,
  changeProductEndpoint,
  saveProductsInBulkEndpoint,
  deleteProductEndpoint,
  listStockEndpoint,
  readStockEndpoint,
  adjustStockEndpoint,
  adjustStockInBulkEndpoint,
  listMovementsEndpoint,
  undoMovementEndpoint,
  receiveEndpoint,
  readReceiptEndpoint,
  listReceiptsEndpoint,
  announceDeliveryEndpoint,
  listDeliveriesEndpoint,
  readDeliveryEndpoint,
  changeDeliveryEndpoint,
  closeDeliveryEndpoint,
  listAlertsEndpoint,
  noteAlertEndpoint,
  listReadersEndpoint,
  listEventsEndpoint,
  ...webhookEndpoints,
  exportProductsEndpoint,
  exportStockEndpoint,
  exportMovementsEndpoint,
  exportOrdersEndpoint,
  exportAlertsEndpoint,
  exportReorderEndpoint,
  importProductsEndpoint,
  searchEndpoint,
  readOverviewEndpoint,
  listRejectedItemsEndpoint,
  listPreOrdersEndpoint,
  listWaitingOrdersEndpoint,
  readStockHistoryEndpoint,
  readSuggestedThresholdsEndpoint,
  readOutlookEndpoint,
  listRunningOutEndpoint,
  listGroupsEndpoint,
  readGroupEndpoint,
  saveGroupEndpoint,
  deleteGroupEndpoint,
  joinGroupEndpoint,
  leaveGroupEndpoint,
  listUsersEndpoint,
  createUserEndpoint,
  readUserEndpoint,
  changeUserEndpoint,
  removeSecondFactorEndpoint,
  inviteUserAgainEndpoint,
  revokeInvitationEndpoint,
  readUserAlertMailsEndpoint,
  chooseUserAlertMailsEndpoint,
  deleteUserEndpoint,
  listKeysEndpoint,
  createKeyEndpoint,
  readKeyEndpoint,
  revokeKeyEndpoint,
  listActivityEndpoint,
  listTemplatesEndpoint,
  readTemplateEndpoint,
  saveTemplateEndpoint,
  resetTemplateEndpoint,
  listTemplateVersionsEndpoint,
  listTemplateVariablesEndpoint,
  previewTemplateEndpoint,
  sendTemplateTestEndpoint,
  listMailsEndpoint,
  readMailEndpoint,
  resendMailEndpoint,
  resendMailsEndpoint,
  tryMailsNowEndpoint,
  mailSupplierEndpoint,
  readStoreEndpoint,
  saveStoreEndpoint,
};

/** Creates the endpoints of one process. */
export function createEndpoints(context: ApiContext, parts: EndpointParts): NamedEndpoint[] {
  const all = {
    ...context,
    readItems: parts.readItems,
    feedWatch: parts.feedWatch,
    placing: createPlacing(parts, context.log, context.tracing !== undefined),
    afterAccessChange: createAfterAccessChange(context, parts.auth),
  };
  return Object.entries(endpoints).map(([name, create]) => ({
    ...create(all),
    operationId: name.replace(/Endpoint$/, ""),
  }));
}
