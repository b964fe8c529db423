"""The routes of the console, all of which are of the control API and protected as that is."""

from http import HTTPStatus
from typing import Final

from duolect.control.console import forms, outline, resource, timeline, watching
from duolect.control.console.places import NO_PLACE
from duolect.control.routes import Route

_ROOT: Final = "/_duolect/console/data"
ROUTES: Final = (
    Route(
        method="GET",
        path=f"{_ROOT}/accounts",
        run=outline.list_accounts,
        query=outline.AccountsQuery,
        reply=outline.Accounts,
    ),
    Route(
        method="GET",
        path=f"{_ROOT}/outline",
        run=outline.show_outline,
        query=outline.OutlineQuery,
        reply=outline.Outline,
        refuses=NO_PLACE,
    ),
    Route(
        method="GET",
        path=f"{_ROOT}/rows",
        run=outline.list_rows,
        query=outline.RowsQuery,
        reply=outline.Rows,
        refuses=NO_PLACE,
    ),
    Route(
        method="GET",
        path=f"{_ROOT}/search",
        run=outline.search,
        query=outline.SearchQuery,
        reply=outline.Found,
        refuses=NO_PLACE,
    ),
    Route(
        method="GET",
        path=f"{_ROOT}/resource",
        run=resource.show_resource,
        query=resource.ResourceQuery,
        reply=resource.ResourceDetails,
        refuses=NO_PLACE,
    ),
    Route(
        method="GET",
        path=f"{_ROOT}/timeline",
        run=timeline.show_timeline,
        query=timeline.TimelineQuery,
        reply=timeline.Timeline,
    ),
    Route(
        method="GET",
        path=f"{_ROOT}/calls/{{number}}",
        run=timeline.show_call,
        reply=timeline.CallDetails,
        refuses={HTTPStatus.NOT_FOUND: "The journal has no such call."},
    ),
    Route(
        method="GET",
        path=f"{_ROOT}/fault-form",
        run=forms.show_form,
        query=forms.FormQuery,
        reply=forms.FaultForm,
        refuses={HTTPStatus.NOT_FOUND: "There is no such action."},
    ),
    Route(
        method="GET",
        path=f"{_ROOT}/stream",
        run=watching.watch,
        query=watching.WatchQuery,
        reply=str,
        media="text/event-stream",
    ),
)
