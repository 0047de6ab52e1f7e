// The list of all entities, so that MikroORM need not search folders for them.

import { Act, SignInTally } from "./act.ts";
import { AdminGroup } from "./admin-group.ts";
import { AdminLoginStep, AdminSecondFactor } from "./admin-second-factor.ts";
import { AdminSession } from "./admin-session.ts";
import { PasswordLink } from "./password-link.ts";
import { PasswordRequest } from "./password-request.ts";
import { AdminGroupMember, AdminUser } from "./admin-user.ts";
import { AlertChoice, AlertTypeWatch, AlertWatch } from "./alert-choice.ts";
import { AlertNews } from "./alert-news.ts";
import { ApiKey } from "./api-key.ts";
import { AuditRepair, AuditRun } from "./audit-run.ts";
import { ClosedBalance, ClosedMonth } from "./closed-month.ts";
import { Event } from "./event.ts";
import { ExpectedDelivery, ExpectedDeliveryLine } from "./expected-delivery.ts";
import { Feed } from "./feed.ts";
import { IdempotentRequest } from "./idempotent-request.ts";
import { LevelOutlook } from "./level-outlook.ts";
import { MailTemplateVersion } from "./mail-template-version.ts";
import { MailTemplate } from "./mail-template.ts";
import { Mail } from "./mail.ts";
import { Movement } from "./movement.ts";
import { OrderLine } from "./order-line.ts";
import { OrderSearch, OrderSearchProgress } from "./order-search.ts";
import { Order } from "./order.ts";
import { ProductType } from "./product-type.ts";
import { Product, Variant } from "./product.ts";
import { Receipt, ReceiptLine } from "./receipt.ts";
import { Retention } from "./retention.ts";
import { StockAlert } from "./stock-alert.ts";
import { StockLevel } from "./stock-level.ts";
import { StockPolicy } from "./stock-policy.ts";
import { Store } from "./store.ts";
import { WebhookAttempt, WebhookEndpoint } from "./webhook-endpoint.ts";

/** All entities. */
export const allEntities = [
  ProductType,
  Product,
  Variant,
  StockLevel,
  Movement,
  ClosedMonth,
  ClosedBalance,
  StockPolicy,
  Order,
  OrderLine,
  OrderSearch,
  OrderSearchProgress,
  ExpectedDelivery,
  ExpectedDeliveryLine,
  Receipt,
  ReceiptLine,
  IdempotentRequest,
  Event,
  Feed,
  Retention,
  LevelOutlook,
  AuditRun,
  AuditRepair,
  StockAlert,
  AlertNews,
  Mail,
  AdminGroup,
  AdminUser,
  AdminGroupMember,
  AlertChoice,
  AlertWatch,
  AlertTypeWatch,
  AdminSession,
  PasswordRequest,
  PasswordLink,
  AdminSecondFactor,
  AdminLoginStep,
  Act,
  SignInTally,
  ApiKey,
  MailTemplate,
  MailTemplateVersion,
  Store,
  WebhookEndpoint,
  WebhookAttempt,
];
