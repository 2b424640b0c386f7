DROP INDEX `referrals_receiving_due`;--> statement-breakpoint
DROP INDEX `referrals_referring_received`;--> statement-breakpoint
CREATE INDEX `referrals_receiving_open` ON `referrals` (`receiving_organisation_id`,`next_due_on`,`id`,`status`,`navigator_id`,`priority`,`received_at`) WHERE next_due_on is not null;--> statement-breakpoint
CREATE INDEX `referrals_referring_received` ON `referrals` (`referring_organisation_id`,`received_at`,`id`,`status`);