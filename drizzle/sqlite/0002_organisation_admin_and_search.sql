CREATE TABLE `access_links` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`organisation_id` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text,
	`user_id` text,
	`invited_by` text NOT NULL,
	`nonce` text NOT NULL,
	`digest` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text,
	`cancelled_at` text,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invited_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_links_digest` ON `access_links` (`digest`);--> statement-breakpoint
CREATE INDEX `access_links_organisation` ON `access_links` (`organisation_id`,`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `access_links_open` ON `access_links` (`organisation_id`,`email`,`kind`) WHERE used_at is null and cancelled_at is null;--> statement-breakpoint
CREATE TABLE `person_words` (
	`person_id` text NOT NULL,
	`word` text NOT NULL,
	`sound` text,
	`other_sound` text,
	PRIMARY KEY(`word`, `person_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_words_sound` ON `person_words` (`sound`,`person_id`) WHERE sound is not null;--> statement-breakpoint
CREATE INDEX `person_words_other_sound` ON `person_words` (`other_sound`,`person_id`) WHERE other_sound is not null;--> statement-breakpoint
ALTER TABLE `memberships` ADD `muted_notices` text;--> statement-breakpoint
ALTER TABLE `users` ADD `last_signed_in_at` text;--> statement-breakpoint
CREATE INDEX `people_postcode` ON `people` (`postcode`);--> statement-breakpoint
CREATE INDEX `audit_rows_actor` ON `audit_rows` (`actor_id`,`at`,`id`) WHERE event_id is null;