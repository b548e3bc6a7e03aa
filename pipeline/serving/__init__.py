"""plainleaf serve: pages on this machine on which people write, translate and sign.

``server`` runs it, ``app`` puts it together, ``guard`` says who may talk to it. Each page has a module: ``home``,
``articles``, ``trying``, ``translating``, ``signing_page``; ``assets`` has previews, style and script. What they share
is in ``place``: the library, its checks kept warm (pipeline.buffers), previews and the pages that listen.
The look and the words come from pipeline.desk.
"""
