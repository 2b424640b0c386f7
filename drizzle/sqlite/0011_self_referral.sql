CREATE TABLE `self_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`answers` text NOT NULL,
	`answered` text NOT NULL,
	`receipt` text,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `self_drafts_expires` ON `self_drafts` (`expires_at`);