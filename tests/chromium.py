"""Chromium for people who share nothing but what a browser keeps of a server's scripts.

A context of Playwright's own begins with an empty cache and compiles Streamlit's scripts anew on
every load, most of what a load costs. Here each person at a time has a Chromium with a profile on
the disk; whoever comes next finds it without cookies, storage and pages, but with that cache.
"""

import machine

LANGUAGE = "pt-BR"
VIEW = {"width": 1280, "height": 800}
FORGOTTEN = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems,websql"


class Chromium:
    """Browsers of one Playwright, each with a profile below `folder`."""

    def __init__(self, playwright, folder):
        self.playwright, self.folder = playwright, folder
        self.started, self.free = [], []

    def new_context(self, viewport=None, color_scheme=None):
        """A browser of somebody who was never here."""
        profile = self.free.pop() if self.free else self._start()
        return Guest(self, profile, viewport, color_scheme)

    def take_back(self, profile):
        self.free.append(profile)

    def close(self):
        for profile in self.started:
            profile.close()

    def _start(self):
        profile = self.playwright.chromium.launch_persistent_context(
            self.folder / f"profile-{len(self.started)}",
            executable_path=machine.chromium(),
            args=machine.CHROMIUM_FLAGS,
            locale=LANGUAGE,
            viewport=VIEW,
        )
        self.started.append(profile)
        return profile


class Guest:
    """Pages that share cookies and storage; closing it forgets both."""

    def __init__(self, chromium, profile, viewport, color_scheme):
        self.chromium, self.profile = chromium, profile
        self.viewport, self.color_scheme = viewport, color_scheme

    def new_page(self):
        page = self.profile.new_page()
        if self.viewport:
            page.set_viewport_size(self.viewport)
        if self.color_scheme:
            page.emulate_media(color_scheme=self.color_scheme)
        return page

    def close(self):
        kept, *others = self.profile.pages  # the browser ends with its last page
        for page in others:
            page.close()
        session = self.profile.new_cdp_session(kept)
        wish = {"origin": "*", "storageTypes": FORGOTTEN}
        session.send("Storage.clearDataForOrigin", wish)
        session.detach()
        self.chromium.take_back(self.profile)
