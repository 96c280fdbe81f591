"""The product's addresses and the two that pages are compared with."""

from django.urls import path

from alongside.urls import handler404, handler500
from alongside.urls import urlpatterns as product
from bench.pages import reference

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns = [*product, path("bench/hello/", reference.hello), path("bench/plain/", reference.plain)]
