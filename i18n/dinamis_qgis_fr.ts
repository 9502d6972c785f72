<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>dinamis</name>
    <message>
        <location filename="../dinamis_qgis/core/profile/read.py"/>
        <source>Ask your relay for a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Ask your relay whether your account has this right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Behind a company proxy, add its certificate authority in QGIS's authentication options.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Check the disk or choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Check the network connection and the proxy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Check the proxy in QGIS's network options.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Enter them in QGIS's network options.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Free some space or choose another folder, then try again: what was fetched is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Network options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Open the options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/tasks.py"/>
        <source>Something unexpected went wrong in the DINAMIS plugin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Tell your relay if it lasts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Tell your relay: this is a fault of the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The address “{host}” is not found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The answer of the service is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The connection with “{host}” was cut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>The disk is full: “{path}” could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The identity of “{host}” cannot be checked (certificate).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The proxy asks for a user name and a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The proxy refuses or does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service does not accept this request (error {status}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service gave an answer that cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service may be stopped; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service refuses access.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service sends in circles (too many redirects).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service sends to an address that is not protected (http).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/profile/read.py"/>
        <source>This profile file is not valid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/profile/read.py"/>
        <source>This profile has the name of a built-in one (“{id}”).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Try again in a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/tasks.py"/>
        <source>Try again; if it lasts, send the support report to your relay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Try again; if it lasts, tell your relay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Write to the relay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>You are no longer signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>You are not allowed to write “{path}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>“{host}” does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>“{host}” has an internal problem.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>“{host}” is receiving too many requests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>“{host}” no longer has what was asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>“{host}” takes too long to answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>“{path}” could not be read or written.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
